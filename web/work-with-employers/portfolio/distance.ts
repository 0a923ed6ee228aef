export interface Position {
  readonly lat: number
  readonly lon: number
}

const radians = (degrees: number) => (degrees * Math.PI) / 180
/** Kilometres between two positions, as the crow flies. Worked out here: where a person stands is never sent. */
export const distance = (from: Position, to: Position): number => {
  const half =
    Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2
  return 12_742 * Math.asin(Math.sqrt(half))
}
/** The way there, on OpenStreetMap: it is told the position, never where one stands. */
export const directions = ({ lat, lon }: Position) => `https://www.openstreetmap.org/directions?to=${lat}%2C${lon}`
