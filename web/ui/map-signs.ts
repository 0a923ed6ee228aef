import type { Map as MapLibre } from 'maplibre-gl'
import type { Colours } from './map-colours.ts'
import type { MapTone } from './map-shapes.ts'

/* A shape for each tone: a state is told without its colour too. map.css draws the same in the legend. */

const [side, scale] = [24, 2]
type Corners = readonly (readonly [x: number, y: number])[]
/** In a square of 24. */
const corners: Partial<Record<MapTone, Corners>> = {
  warning: [
    [12, 3],
    [21, 20],
    [3, 20],
  ],
  success: [
    [4, 4],
    [20, 4],
    [20, 20],
    [4, 20],
  ],
  error: [
    [12, 2],
    [22, 12],
    [12, 22],
    [2, 12],
  ],
}
const tones: readonly MapTone[] = ['info', 'success', 'warning', 'error', 'neutral']

const trace = (pen: CanvasRenderingContext2D, tone: MapTone) => {
  pen.beginPath()
  const shape = corners[tone]
  if (!shape) pen.arc(12, 12, 8, 0, 2 * Math.PI)
  for (const [x, y] of shape ?? []) pen.lineTo(x, y)
  pen.closePath()
}
/** The neutral one is hollow. */
const draw = (tone: MapTone, tints: Colours): ImageData => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side * scale
  const pen = canvas.getContext('2d')!
  pen.scale(scale, scale)
  pen.lineJoin = 'round'
  trace(pen, tone)
  pen.lineWidth = 4
  pen.strokeStyle = tints.halo
  pen.stroke()
  pen.fillStyle = tone === 'neutral' ? tints.halo : tints.tones[tone]
  pen.fill()
  if (tone === 'neutral') {
    pen.lineWidth = 3
    pen.strokeStyle = tints.tones.neutral
    pen.stroke()
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

/** Gives the map its signs, in the colours of the theme. */
export const putSigns = (map: MapLibre, tints: Colours): void => {
  for (const tone of tones) {
    const image = draw(tone, tints)
    if (map.hasImage(tone)) map.updateImage(tone, image)
    else map.addImage(tone, image, { pixelRatio: scale })
  }
}
