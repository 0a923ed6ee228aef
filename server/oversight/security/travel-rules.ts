/**
 * The operator sets these (server/platform/config.ts). Below the floor nothing is said.
 * Within one country, an address tells where its network comes out rather than where the person is.
 */
export interface Travel {
  readonly kmPerHour: number
  readonly floorKm: number
}
/** A use from a place, in tenths of a degree. */
export interface PlacedUse {
  readonly at: Date
  readonly latitude: number
  readonly longitude: number
}

const radians = (tenths: number) => (tenths / 10) * (Math.PI / 180)
/** The great circle, on a sphere: within half a hundredth. */
export const distanceKm = (a: Omit<PlacedUse, 'at'>, b: Omit<PlacedUse, 'at'>): number => {
  const half =
    Math.sin((radians(b.latitude) - radians(a.latitude)) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin((radians(b.longitude) - radians(a.longitude)) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(half))
}

const lasting = (ms: number) =>
  (ms < 5_400_000 ? `${Math.max(1, Math.round(ms / 60_000))} minutes` : `${Math.round(ms / 3_600_000)} heures`).replace(
    /^1 minutes/,
    '1 minute',
  )
const thousands = (km: number) => String(km).replace(/\B(?=(\d{3})+$)/g, ' ')
export const travelInWords = ({ kmPerHour, floorKm }: Travel): string =>
  `${kmPerHour} km/h, au-delà de ${thousands(floorKm)} km`
/**
 * Two uses in a row further apart than that speed allows; says how far, never where. The uses of one person, in order.
 */
export const impossibleTravel = (uses: readonly PlacedUse[], travel: Travel): string | null => {
  for (const [n, next] of uses.entries()) {
    const last = uses[n - 1]
    if (!last) continue
    const [km, ms] = [distanceKm(last, next), next.at.getTime() - last.at.getTime()]
    if (km > travel.floorKm && km > (travel.kmPerHour * ms) / 3_600_000)
      return `Deux usages à ${thousands(Math.round(km / 10) * 10)} km l’un de l’autre en ${lasting(ms)} (seuil : ${travelInWords(travel)}).`
  }
  return null
}
