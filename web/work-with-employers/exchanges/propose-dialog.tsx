import { useQuery } from '@tanstack/react-query'
import { toStructure } from '../../../contract/names-in-french.ts'
import { listProposalRecipients, proposeNextAction } from '../../../contract/work-with-employers/proposed-actions.ts'
import { call } from '../../platform/api.ts'
import { formatDay } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { Dialog, Form, Loaded, SelectField, TextArea, toast } from '../../ui/index.ts'
import { actionWords, employerName, type NextAction } from './words.ts'

/** Offers an action to another structure that works with this employer: it stays one’s own until it is accepted. */
export const ProposeDialog = ({ action, onClose }: { action: NextAction; onClose: () => void }) => {
  const query = useQuery({
    queryKey: ['proposal-recipients', action.id],
    queryFn: ({ signal }) => call(listProposalRecipients, { params: { nextActionId: action.id }, signal }),
  })
  return (
    <Dialog title="Proposer à une autre structure" onClose={onClose}>
      <p>
        {actionWords[action.kind]}, {employerName(action)}
      </p>
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && <p>Aucune autre structure n’a de personne habilitée à travailler avec cet employeur.</p>
        }
      >
        {({ items, lapsesOn }) => (
          <Form
            draft={{ name: 'action-proposal', about: action.id }}
            submit="Proposer"
            onCancel={onClose}
            onSubmit={async ({ to = '', words = '' }, { idempotencyKey }) => {
              const { to: receiver } = await call(proposeNextAction, {
                params: { nextActionId: action.id },
                body: { toOrganisationId: to, words: words.trim() || null },
                idempotencyKey,
              })
              onClose()
              toast(`Proposée ${toStructure(receiver.name)}.`)
              await queryClient.invalidateQueries({ queryKey: ['action-proposals'] })
            }}
          >
            <SelectField
              name="to"
              label="Structure"
              required
              placeholder="Choisir"
              options={items.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <TextArea
              name="words"
              label="Ce qu’il faut savoir"
              hint="Elle lira ces mots, l’employeur et la date ; rien de vos échanges gardés pour votre structure"
              maxLength={500}
              rows={3}
            />
            <p className="fr-text--sm">
              L’action vous reste tant que personne ne l’accepte. Sans réponse le {formatDay(lapsesOn)}, la proposition
              s’éteint, et vous en êtes averti.
            </p>
          </Form>
        )}
      </Loaded>
    </Dialog>
  )
}
