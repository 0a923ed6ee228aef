import { undoBulkWork } from '../../../contract/work-with-employers/bulk-works.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { Button, Dialog, Form } from '../../ui/index.ts'
import { workChanged } from './queries.ts'
import { doneWords, type Work } from './words.ts'

export const UndoWork = ({ work, onClose }: { work: Work; onClose: () => void }) => (
  <Dialog title="Annuler ce travail ?" onClose={onClose}>
    <p>
      {doneWords(work.act, work.counts.done)}. Celles que personne n’a changées depuis reviennent comme avant ; les
      autres restent, et vous sont listées avec la raison.
    </p>
    <Form
      draft="choices"
      submit="Annuler le travail"
      busyWords="En cours…"
      done="L’annulation est demandée."
      beside={
        <Button priority="tertiary" onClick={onClose}>
          Le garder
        </Button>
      }
      onSubmit={async (_values, { idempotencyKey }) => {
        await call(undoBulkWork, { params: { workId: work.id }, idempotencyKey, timeoutMs: 120_000 })
        onClose()
        void workChanged(work)
        await queryClient.invalidateQueries({ queryKey: ['bulk-works'] })
      }}
    >
      {null}
    </Form>
  </Dialog>
)
