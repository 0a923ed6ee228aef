import { useRef, useState } from 'react'
import { type getStructureTerritories, settleStructureTerritories } from '../../../contract/agreement/conventions.ts'
import { ofStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { ListDifference } from '../../territory-and-register/territories/list-difference.tsx'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { type Choice, Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { ChosenTerritories } from './chosen-territories.tsx'

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
  const [chosen, setChosen] = useState<readonly Choice[]>(() => read.territories.map(territoryChoice))
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
        {read.byAmendment && (
          <p>
            La convention est aux signatures ou en vigueur : vous pouvez retirer des territoires. Un avenant en ajoute :
            « Proposer un avenant », sur la page de la convention en vigueur.
          </p>
        )}
        <ChosenTerritories region={read.region} chosen={chosen} onChange={setChosen} shrinks={read.byAmendment} />
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
