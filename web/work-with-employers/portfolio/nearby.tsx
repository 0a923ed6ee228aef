import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { listPortfolioPoints, type portfolioParts } from '../../../contract/work-with-employers/portfolio.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber, formatPhone } from '../../platform/format.ts'
import { notDiffused, townWords } from '../../platform/names.ts'
import { Badge, Button, ButtonRow, Link, Loaded, Notice, RelativeDay } from '../../ui/index.ts'
import { EmployerMarks } from '../campaigns/employer-name.tsx'
import { directions, distance } from './distance.ts'
import { usePosition } from './use-position.ts'

const step = 20

/** Asked only on a press; the position stays in this page. At the top: one uses it on a phone, between two visits. */
export const Nearby = ({ filter }: { filter: { campaign?: string; part?: (typeof portfolioParts)[number] } }) => {
  const { here, state, ask, forget } = usePosition()
  const [lines, setLines] = useState(step)
  const query = useQuery({
    queryKey: ['portfolio', 'points', filter],
    enabled: here !== null,
    queryFn: ({ signal }) => call(listPortfolioPoints, { query: filter, signal }),
  })
  const near = useMemo(
    () => here && query.data?.items.map(item => ({ ...item, km: distance(here, item) })).sort((a, b) => a.km - b.km),
    [here, query.data],
  )
  return (
    <section className="cc-nearby" aria-labelledby="autour-de-moi">
      <div className="cc-nearby__head">
        <h2 id="autour-de-moi" className="fr-h6 fr-mb-0">
          Autour de moi
        </h2>
        <ButtonRow>
          <Button
            size="small"
            priority="secondary"
            icon="fr-icon-map-pin-2-line"
            busy={state === 'asking'}
            onClick={ask}
          >
            {here ? 'Actualiser ma position' : 'Mes cibles les plus proches'}
          </Button>
          {here && (
            <Button size="small" priority="tertiary no outline" onClick={forget}>
              Fermer
            </Button>
          )}
        </ButtonRow>
      </div>
      <p className="fr-hint-text fr-mb-0">Votre position reste dans cette page : elle n’est ni envoyée, ni gardée.</p>
      {state === 'refused' && (
        <Notice tone="info">
          Votre position n’est pas disponible : autorisez-la dans votre navigateur, ou servez-vous de la liste.
        </Notice>
      )}
      {here && (
        <Loaded
          query={query}
          lines={4}
          empty={({ items }) =>
            items.length === 0 && <p className="fr-mt-2w fr-mb-0">Aucune de vos cibles n’a de position connue.</p>
          }
        >
          {({ unplaced }) => (
            <>
              <ol className="cc-nearby__list">
                {near?.slice(0, lines).map(item => (
                  <li key={item.siret}>
                    <span>
                      <Link href={`/etablissements/${item.siret}`}>{item.name ?? notDiffused}</Link>
                      <EmployerMarks siret={item.siret} closed={item.closed} />
                      {item.dueOn && (
                        <span className="fr-hint-text">
                          Action prévue <RelativeDay date={item.dueOn} />
                          {item.late && (
                            <>
                              {' '}
                              <Badge tone="error">en retard</Badge>
                            </>
                          )}
                        </span>
                      )}
                    </span>
                    <span className="cc-nearby__far">
                      {formatNumber(Math.round(item.km * 10) / 10)} km{item.town && `, ${townWords(item.town)}`}
                    </span>
                    <span className="cc-nearby__acts">
                      {item.phone && (
                        <Link className="fr-link fr-icon-phone-line fr-link--icon-left" href={`tel:${item.phone}`}>
                          <span className="fr-sr-only">Appeler {item.name ?? 'cet établissement'} au </span>
                          {formatPhone(item.phone)}
                        </Link>
                      )}
                      <Link className="fr-link" href={directions(item)} target="_blank">
                        Itinéraire
                        <span className="fr-sr-only">
                          {' '}
                          vers {item.name ?? 'cet établissement'}, sur OpenStreetMap, nouvelle fenêtre
                        </span>
                      </Link>
                    </span>
                  </li>
                ))}
              </ol>
              {near && near.length > lines && (
                <Button size="small" priority="tertiary" onClick={() => setLines(lines + step)}>
                  Plus loin
                </Button>
              )}
              {unplaced > 0 && (
                <p className="fr-text--sm fr-mt-1w fr-mb-0">
                  {formatCount(unplaced, 'cible n’a pas de position connue', 'cibles n’ont pas de position connue')} :
                  voyez la liste ci-dessous.
                </p>
              )}
            </>
          )}
        </Loaded>
      )}
    </section>
  )
}
