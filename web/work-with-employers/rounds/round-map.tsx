import { useMemo } from 'react'
import { lineName } from '../../platform/names.ts'
import { TerritoryMap } from '../../territory-and-register/territories/territory-map.tsx'
import type { Stop } from './queries.ts'

/** The stops by their number, in the order one goes; the list beside says the same. */
export const RoundMap = ({ placed, within }: { placed: readonly Stop[]; within: number | null }) => {
  const points = useMemo(
    () =>
      placed.flatMap(({ establishment, position }, at) =>
        position
          ? [{ id: establishment.siret, ...position, title: lineName(establishment), sign: String(at + 1) }]
          : [],
      ),
    [placed],
  )
  return (
    <TerritoryMap
      label="Carte de la tournée"
      points={points}
      way
      {...(within === null ? {} : { within })}
      onSelect={siret => document.getElementById(`etape-${siret}`)?.scrollIntoView({ block: 'center' })}
    />
  )
}
