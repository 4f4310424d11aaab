/** The parts of ECharts that the pages draw with; loaded with the first chart. */
import { BarChart, BoxplotChart, CustomChart, GaugeChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'

use([
  BarChart, BoxplotChart, CustomChart, GaugeChart, LineChart, SankeyChart, ScatterChart,
  AriaComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent, LabelLayout, SVGRenderer,
])

export { init }
