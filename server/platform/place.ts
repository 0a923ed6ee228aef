import type { FastifyRequest } from 'fastify'

/** In tenths of a degree: some ten kilometres. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}
/** The headers by which the operator's reverse proxy says where an address is: latitude, longitude. */
export type PlaceHeaders = readonly [latitude: string, longitude: string]

const tenths = (value: unknown, most: number): number | undefined => {
  if (typeof value !== 'string' || !/^[+-]?\d{1,3}(\.\d{1,15})?$/.test(value)) return undefined
  const degrees = Number(value)
  return Math.abs(degrees) <= most ? Math.round(degrees * 10) : undefined
}

/** Where a request came from, only if it came through the trusted proxy: anyone else may write any header. */
export const placeOf = (
  request: Pick<FastifyRequest, 'headers' | 'ips'>,
  [latitudeHeader, longitudeHeader]: PlaceHeaders,
): Place | undefined => {
  if ((request.ips?.length ?? 0) < 2) return undefined
  const [latitude, longitude] = [
    tenths(request.headers[latitudeHeader], 90),
    tenths(request.headers[longitudeHeader], 180),
  ]
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
}
