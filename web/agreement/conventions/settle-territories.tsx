import { useRef, useState } from 'react'
import { type getStructureTerritories, settleStructureTerritories } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { ListDifference } from '../../territory-and-register/territories/list-difference.tsx'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { Button, Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'

export type Ceiling = Reply<typeof getStructureTerritories>

/** Replaces the whole list: what another settled since it was read is shown before anything of theirs is closed. */
export const SettleTerritories = ({
  conventionId,
  ceiling,
  onKeep,
  onClose,
}: {
  conventionId: string
  ceiling: Ceiling
  onKeep: (now: Ceiling) => void
  onClose: () => void
}) => {
  const [read] = useState(ceiling)
  const [chosen, setChosen] = useState(() => read.territories.map(territoryChoice))
  const version = useRef(read.version)
  return (
    <Dialog title={`Territoires ${ofStructure(read.organisation.name)}`} onClose={onClose}>
      <p>
        Une habilitation dont le périmètre sort de ces territoires n’ouvre plus rien, aussitôt. Les RGC et le signataire
        de la structure en sont avertis.
      </p>
      <Form
        draft={{ name: 'structure-territories', about: conventionId }}
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          const { told, ...changed } = await call(settleStructureTerritories, {
            params: { conventionId },
            ifMatch: version.current,
            body: { territories: chosen.map(t => Number(t.value)), reason: reason! },
            idempotencyKey,
          })
          onKeep(changed)
          tellReader('Les territoires sont réglés.', told)
          onClose()
        }}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as Ceiling
          return (
            <ListDifference
              read={read.territories}
              mine={chosen.map(({ label }) => label)}
              theirs={current.territories}
              onKeepMine={() => {
                version.current = current.version
              }}
              onTakeTheirs={() => {
                onKeep(current)
                onClose()
              }}
            />
          )
        }}
      >
        <TerritoryField
          name="add"
          label="Ajouter un territoire"
          hint={`Dans la région ${read.region.name}`}
          within={read.region.id}
          value={null}
          onChange={choice => choice && !chosen.some(t => t.value === choice.value) && setChosen([...chosen, choice])}
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
  )
}
