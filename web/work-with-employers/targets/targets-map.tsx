import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { listTargetPoints } from '../../../contract/work-with-employers/targets.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { notDiffused } from '../../platform/names.ts'
import { TerritoryMap } from '../../territory-and-register/territories/territory-map.tsx'
import { Badge, Button, Link, Loaded, type MapFrame, type MapTone, Notice } from '../../ui/index.ts'
import { EmployerMarks } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Campaign, type Target, targetStatusWords } from '../campaigns/words.ts'
import { frameIn, frameText, useTargetFilter } from './targets-filter.ts'
import { NoTarget } from './targets-none.tsx'

const toneOf: Record<Target['status'], MapTone> = {
  'a-contacter': 'warning',
  'prise-en-charge': 'info',
  'en-cours': 'info',
  'rendez-vous': 'info',
  besoin: 'success',
  traite: 'success',
  ecarte: 'neutral',
}
const tones = {
  warning: 'à contacter',
  info: 'prise en charge, en cours ou rendez-vous',
  success: 'besoin ou traitée',
  neutral: 'mise de côté',
}
const step = 50

/** Where the targets are; the same in a list beside, the chosen one first. */
export const TargetsMap = ({ campaign }: { campaign: Campaign }) => {
  const {
    filter,
    address: { cible, cadre },
    setAddress,
  } = useTargetFilter()
  // The same object as long as the address is the same: the map is moved by a new one.
  const frame = useMemo(() => frameIn(cadre), [cadre])
  const seen = useRef<MapFrame>(undefined)
  const query = useQuery({
    queryKey: withinKey(campaign.id, 'points', filter, frame),
    queryFn: ({ signal }) =>
      call(listTargetPoints, { params: { campaignId: campaign.id }, query: { ...filter, ...frame }, signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
  const [lines, setLines] = useState(step)
  const items = query.data?.items
  const points = useMemo(
    () =>
      items?.map(({ siret, name, status, closed, lat, lon }) => ({
        id: siret,
        lat,
        lon,
        title: `${name ?? notDiffused}, ${closed ? 'fermé' : targetStatusWords[status].word}`,
        tone: toneOf[status],
      })) ?? [],
    [items],
  )
  const chosen = items?.find(({ siret }) => siret === cible)
  return (
    <Loaded
      query={query}
      lines={10}
      empty={({ items: all, unplaced }) => all.length + unplaced === 0 && !frame && <NoTarget campaign={campaign} />}
    >
      {({ items: all, unplaced, more }) => (
        <>
          {more && <Notice tone="info">Seules les 5 000 premières cibles sont là : affinez les filtres.</Notice>}
          {unplaced > 0 && (
            <p className="fr-text--sm">
              {formatCount(
                unplaced,
                'cible sans position connue, qui n’est que dans la liste',
                'cibles sans position connue, qui ne sont que dans la liste',
              )}
              .
            </p>
          )}
          {(all.length > 0 || frame) && (
            <div className="cc-target-map">
              <TerritoryMap
                label="Cibles de la campagne"
                points={points}
                tones={tones}
                selected={cible}
                onSelect={id => setAddress({ cible: id })}
                frame={frame}
                onMoved={now => {
                  seen.current = now
                }}
                within={campaign.territory.id}
                height="tall"
              />
              <div>
                <SearchHere
                  found={all.length}
                  held={!!frame}
                  onSearch={() => seen.current && setAddress({ cadre: frameText(seen.current) })}
                  onLeave={() => setAddress({ cadre: undefined })}
                />
                {chosen && (
                  <div className="cc-target-map__chosen" role="status">
                    <p className="fr-text--bold fr-mb-1v">
                      Sur la carte : <Link href={`/etablissements/${chosen.siret}`}>{chosen.name ?? notDiffused}</Link>
                    </p>
                    <Badge tone={targetStatusWords[chosen.status].tone}>{targetStatusWords[chosen.status].word}</Badge>
                    <EmployerMarks siret={chosen.siret} closed={chosen.closed} />
                  </div>
                )}
                <ul className="cc-target-map__list" aria-label="Cibles de la carte">
                  {all.slice(0, lines).map(({ siret, name, status, closed }) => (
                    <li key={siret} data-chosen={siret === cible || undefined}>
                      <span>
                        <Link href={`/etablissements/${siret}`}>{name ?? notDiffused}</Link>
                        <EmployerMarks siret={siret} closed={closed} />
                        <span className="fr-hint-text">{targetStatusWords[status].word}</span>
                      </span>
                      <Button size="small" priority="tertiary no outline" onClick={() => setAddress({ cible: siret })}>
                        Situer<span className="fr-sr-only"> {name ?? 'cet établissement'} sur la carte</span>
                      </Button>
                    </li>
                  ))}
                </ul>
                {all.length > lines && (
                  <p className="fr-mt-1w">
                    <Button size="small" priority="secondary" onClick={() => setLines(lines + step)}>
                      Afficher la suite
                    </Button>{' '}
                    {formatNumber(lines)} sur {formatNumber(all.length)}
                  </p>
                )}
              </div>
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

/** The list follows the map when asked: what the map shows, searched again. */
const SearchHere = ({
  found,
  held,
  onSearch,
  onLeave,
}: {
  found: number
  held: boolean
  onSearch: () => void
  onLeave: () => void
}) => (
  <div className="cc-target-map__here">
    <Button size="small" priority="secondary" icon="fr-icon-search-line" onClick={onSearch}>
      Chercher dans cette zone
    </Button>
    {held && (
      <Button size="small" priority="tertiary no outline" onClick={onLeave}>
        Toute la campagne
      </Button>
    )}
    <p className="fr-text--sm fr-mb-0" role="status">
      {held &&
        (found
          ? `${formatCount(found, 'cible')} dans la zone que montrait la carte.`
          : 'Aucune cible dans la zone que montrait la carte : déplacez-la, ou revenez à toute la campagne.')}
    </p>
  </div>
)
