// What our charts draw with, and no more: loaded only when a chart is.
export { areaY, axisX, axisY, barX, barY, dot, gridY, lineY, plot, ruleX, ruleY, text } from '@observablehq/plot'
