import type { MapTone } from './map-shapes.ts'

/** Strength of the colour of an area, from its class. One colour holds in both themes and for colour-blind readers. */
export const areaStrengths = [0.14, 0.3, 0.48, 0.66, 0.84] as const

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
export const colours = () => ({
  ground: token('background-alt-grey'),
  land: token('background-default-grey'),
  border: token('border-contrast-grey'),
  text: token('text-default-grey'),
  halo: token('background-default-grey'),
  strong: token('background-action-high-blue-france'),
  inverse: token('text-inverted-blue-france'),
  selected: token('background-flat-warning'),
  tones: {
    info: token('background-flat-info'),
    success: token('background-flat-success'),
    warning: token('background-flat-warning'),
    error: token('background-flat-error'),
    neutral: token('background-flat-grey') || token('border-plain-grey'),
  } satisfies Record<MapTone, string>,
})
export type Colours = ReturnType<typeof colours>

export const empty = { type: 'FeatureCollection' as const, features: [] }
export const font = ['Marianne', 'arial', 'sans-serif']
