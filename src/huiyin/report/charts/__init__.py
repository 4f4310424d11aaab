"""A part of the findings becomes an ECharts option: one file a kind of chart."""
