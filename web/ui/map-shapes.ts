/* Shapes of a map, as the page gives them and as the canvas draws them. */

export type MapTone = 'info' | 'success' | 'warning' | 'error' | 'neutral'
export interface MapPoint {
  readonly id: string
  readonly lat: number
  readonly lon: number
  readonly title: string
  readonly tone?: MapTone
  /** Written in the point: its rank. */
  readonly sign?: string
}
/** `level`: its class, from 0 (weakest) to 4; left out where there is no value. `label`: name and value in words. */
export interface MapArea {
  readonly territoryId: number
  readonly label: string
  readonly level?: number
}
export interface MapFrame {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}
/** A name written on the ground where no contour carries it. */
export interface MapPlace {
  readonly name: string
  readonly lat: number
  readonly lon: number
}
export interface Contour {
  readonly code: string
  readonly name: string
  readonly territoryIds: readonly number[]
  readonly polygons: number[][][][]
}
