import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getStructureTerritories } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { territoryName } from '../../territory-and-register/territories/words.ts'
import { Button, ButtonRow, DataTable, Empty, Loaded } from '../../ui/index.ts'
import { SettleTerritories } from './settle-territories.tsx'

/** The territories beyond which no right of the structure opens (ACC-15); set by the regional direction. */
export const StructureTerritories = ({ conventionId }: { conventionId: string }) => {
  const queryKey = ['conventions', 'territories', conventionId]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getStructureTerritories, { params: { conventionId }, signal }),
  })
  const [settling, setSettling] = useState(false)
  return (
    <Loaded query={query} lines={3}>
      {ceiling => (
        <>
          {ceiling.territories.length === 0 ? (
            <Empty title="Aucun territoire">
              Tant qu’aucun n’est réglé, aucune habilitation de cette structure ne s’ouvre.
            </Empty>
          ) : (
            <DataTable
              caption="Territoires au-delà desquels aucune habilitation ne s’ouvre"
              hideCaption
              keys={false}
              rows={ceiling.territories}
              keyOf={({ id }) => String(id)}
              columns={[
                { head: 'Territoire', cell: territoryName },
                { head: 'Depuis', cell: ({ since }) => formatDay(dayOf(since)) },
                {
                  head: 'Motif',
                  cell: ({ reason, setBy, amendment }) => (
                    <span className="cc-two">
                      {amendment === null ? reason : `Donné par l’avenant n° ${amendment}`}
                      {setBy && <span className="fr-hint-text">{setBy.name}</span>}
                    </span>
                  ),
                },
              ]}
            />
          )}
          {ceiling.past.length > 0 && (
            <>
              <p className="fr-text--sm fr-mt-2w fr-mb-0">Auparavant :</p>
              <ul className="fr-text--sm">
                {ceiling.past.map(p => (
                  <li key={`${p.territory.id} ${p.until}`}>
                    {territoryName(p.territory)}, du {formatDay(dayOf(p.since))} au {formatDay(dayOf(p.until))}
                    {p.reason && ` : ${p.reason}`}
                  </li>
                ))}
              </ul>
            </>
          )}
          {ceiling.allowed.includes('settle') ? (
            <ButtonRow>
              <Button priority="secondary" onClick={() => setSettling(true)}>
                Régler les territoires
              </Button>
            </ButtonRow>
          ) : (
            <p className="fr-text--sm fr-mb-0">La direction régionale de l’opérateur les règle.</p>
          )}
          {ceiling.byAmendment && (
            <p className="fr-text--sm fr-mt-1w fr-mb-0">
              La direction régionale peut en retirer. Un avenant, signé des deux parties, en ajoute.
            </p>
          )}
          {settling && (
            <SettleTerritories
              conventionId={conventionId}
              ceiling={ceiling}
              onKeep={now => queryClient.setQueryData(queryKey, now)}
              onClose={() => setSettling(false)}
            />
          )}
        </>
      )}
    </Loaded>
  )
}
