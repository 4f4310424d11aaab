"""What reaches outside systems; knows neither store nor engine."""
