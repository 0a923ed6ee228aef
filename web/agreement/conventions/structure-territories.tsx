import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getStructureTerritories, settleStructureTerritories } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { territoryChoice, territoryName } from '../../territory-and-register/territories/words.ts'
import {
  Button,
  ButtonRow,
  type Choice,
  DataTable,
  Dialog,
  Empty,
  Form,
  Loaded,
  TextArea,
  tellReader,
} from '../../ui/index.ts'

/** The territories beyond which no right of the structure opens (ACC-15); set by the regional direction. */
export const StructureTerritories = ({ conventionId }: { conventionId: string }) => {
  const queryKey = ['conventions', 'territories', conventionId]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getStructureTerritories, { params: { conventionId }, signal }),
  })
  const [chosen, setChosen] = useState<readonly Choice[] | null>(null)
  const close = () => setChosen(null)
  return (
    <Loaded query={query} lines={3}>
      {({ organisation, region, territories, past, allowed }) => (
        <>
          {territories.length === 0 ? (
            <Empty title="Aucun territoire">
              Tant qu’aucun n’est réglé, aucune habilitation de cette structure ne s’ouvre.
            </Empty>
          ) : (
            <DataTable
              caption="Territoires au-delà desquels aucune habilitation ne s’ouvre"
              hideCaption
              keys={false}
              rows={territories}
              keyOf={({ id }) => String(id)}
              columns={[
                { head: 'Territoire', cell: territoryName },
                { head: 'Depuis', cell: ({ since }) => formatDay(dayOf(since)) },
                {
                  head: 'Motif',
                  cell: ({ reason, setBy }) => (
                    <span className="cc-two">
                      {reason}
                      {setBy && <span className="fr-hint-text">{setBy.name}</span>}
                    </span>
                  ),
                },
              ]}
            />
          )}
          {past.length > 0 && (
            <>
              <p className="fr-text--sm fr-mt-2w fr-mb-0">Auparavant :</p>
              <ul className="fr-text--sm">
                {past.map(p => (
                  <li key={`${p.territory.id} ${p.until}`}>
                    {territoryName(p.territory)}, du {formatDay(dayOf(p.since))} au {formatDay(dayOf(p.until))}
                    {p.reason && ` : ${p.reason}`}
                  </li>
                ))}
              </ul>
            </>
          )}
          {allowed.includes('settle') ? (
            <ButtonRow>
              <Button priority="secondary" onClick={() => setChosen(territories.map(territoryChoice))}>
                Régler les territoires
              </Button>
            </ButtonRow>
          ) : (
            <p className="fr-text--sm fr-mb-0">La direction régionale de l’opérateur les règle.</p>
          )}
          {chosen && (
            <Dialog title={`Territoires ${ofStructure(organisation.name)}`} onClose={close}>
              <p>
                Une habilitation dont le périmètre sort de ces territoires n’ouvre plus rien, aussitôt. Les RGC et le
                signataire de la structure en sont avertis.
              </p>
              <Form
                draft={{ name: 'structure-territories', about: conventionId }}
                submit="Enregistrer"
                onCancel={close}
                onSubmit={async ({ reason }, { idempotencyKey }) => {
                  const { told, ...changed } = await call(settleStructureTerritories, {
                    params: { conventionId },
                    body: { territories: chosen.map(t => Number(t.value)), reason: reason! },
                    idempotencyKey,
                  })
                  queryClient.setQueryData(queryKey, changed)
                  tellReader('Les territoires sont réglés.', told)
                  close()
                }}
              >
                <TerritoryField
                  name="add"
                  label="Ajouter un territoire"
                  hint={`Dans la région ${region.name}`}
                  within={region.id}
                  value={null}
                  onChange={choice =>
                    choice && !chosen.some(t => t.value === choice.value) && setChosen([...chosen, choice])
                  }
                />
                {chosen.length > 0 && (
                  <ul>
                    {chosen.map(t => (
                      <li key={t.value}>
                        {t.label}{' '}
                        <Button
                          size="small"
                          priority="tertiary"
                          onClick={() => setChosen(chosen.filter(o => o.value !== t.value))}
                        >
                          Retirer<span className="fr-sr-only"> {t.label}</span>
                        </Button>
                      </li>
                    ))}
                  </ul>
                )}
                <TextArea
                  name="reason"
                  label="Motif"
                  hint="L’article de la convention, ou ce qui le justifie"
                  required
                  maxLength={300}
                  rows={2}
                />
              </Form>
            </Dialog>
          )}
        </>
      )}
    </Loaded>
  )
}
