import type { House } from '../../testing/house.ts'
import { siretOf } from '../campaigns/testing-world.ts'

/** Placed on the map, with an address. */
export const place = (house: House, n: number, lat: number, lon: number) =>
  house.owner.query(
    `update establishments set latitude = $2, longitude = $3, street = '3 rue des Pins', postal_code = '33610'
      where siret = $1`,
    [siretOf(n), lat, lon],
  )
