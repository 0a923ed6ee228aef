import { formatCount, formatNumber } from '../../platform/format.ts'
import type { inOrder, Stop, Stops } from './queries.ts'
import { RoundMap } from './round-map.tsx'
import { type StopActs, StopLine } from './stop.tsx'

type Ordered = ReturnType<typeof inOrder>

/** The map, then the stops in the order one goes; those without a position after them, said so. */
export const RoundStops = ({
  round: { placed, unplaced, km },
  within,
  day,
  fromHere,
  ...acts
}: { round: Ordered; within: Stops['within']; day: string; fromHere: boolean } & StopActs) => (
  <div className="cc-round">
    {placed.length > 0 && (
      <div className="cc-round__map">
        <RoundMap placed={placed} within={within} />
        {km > 0 && (
          <p className="fr-text--sm fr-mb-0">
            {formatNumber(Math.round(km * 10) / 10)} km à vol d’oiseau{' '}
            {fromHere ? 'depuis votre position' : 'de la première étape à la dernière'}.
          </p>
        )}
      </div>
    )}
    <div className="cc-round__lists">
      {placed.length > 0 && (
        <>
          <h2 className="fr-sr-only">Étapes, dans l’ordre</h2>
          <List label="Étapes de la tournée" stops={placed} day={day} {...acts} />
        </>
      )}
      {unplaced.length > 0 && (
        <>
          <h2 className="fr-h6 fr-mt-3w">Sans position connue</h2>
          <p className="fr-text--sm">
            {formatCount(unplaced.length, 'étape ne peut pas être située', 'étapes ne peuvent pas être situées')} :
            placez-{unplaced.length > 1 ? 'les' : 'la'} vous-même dans la journée.
          </p>
          <List label="Étapes sans position connue" stops={unplaced} day={day} first={placed.length} {...acts} />
        </>
      )}
    </div>
  </div>
)

const List = ({
  label,
  stops,
  day,
  first = 0,
  ...acts
}: { label: string; stops: readonly Stop[]; day: string; first?: number } & StopActs) => (
  <ol className="cc-round__list" aria-label={label} start={first + 1}>
    {stops.map((stop, at) => (
      <li key={stop.establishment.siret} id={`etape-${stop.establishment.siret}`}>
        <span className="cc-round__rank" aria-hidden="true">
          {first + at + 1}
        </span>
        <StopLine stop={stop} day={day} {...acts} />
      </li>
    ))}
  </ol>
)
