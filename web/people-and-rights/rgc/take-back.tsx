import { ofName } from '../../../contract/names-in-french.ts'
import { withdrawRgcEvent } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rgcChanged } from './queries.ts'
import type { RgcEventLine } from './words.ts'

const acts = {
  withdraw: {
    button: 'Déclaré par erreur',
    title: 'Reprendre la déclaration',
    submit: 'Reprendre',
    done: 'La déclaration est reprise, et les deux parties prévenues.',
  },
  contest: {
    button: 'Contester',
    title: 'Contester l’enregistrement',
    submit: 'Contester',
    done: 'L’enregistrement est contesté et sans effet, et l’opérateur prévenu.',
  },
} as const
/** What one may do with it, if anything: take back what one declared, contest what the operator entered. */
export const takenBackBy = ({ allowed }: RgcEventLine) =>
  allowed.includes('contest') ? acts.contest : allowed.includes('withdraw') ? acts.withdraw : null

/** RGC-6: what the declaration cut comes back, as the dialog says before and the message after. */
export const TakeBack = ({ event, onClose }: { event: RgcEventLine; onClose: () => void }) => {
  const act = takenBackBy(event) ?? acts.withdraw
  return (
    <Dialog title={`${act.title} ${ofName(event.person.name)}`} onClose={onClose}>
      <p>
        Les droits de gestion reviennent si un acte d’engagement en vigueur désigne encore cette personne. Ses
        habilitations qui courent continuent ; celles qui ont pris fin sont à rétablir une à une. Un compte déjà
        supprimé revient dans les trente jours. La structure, l’opérateur et la personne sont prévenus.
      </p>
      <Form
        draft={{ name: 'rgc-event-withdrawal', about: event.id }}
        submit={act.submit}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          const { told, back } = await call(withdrawRgcEvent, {
            params: { eventId: event.id },
            body: { reason: reason! },
            idempotencyKey,
          })
          await rgcChanged()
          tellReader(`${act.done}${back.waiting > 0 ? ` Habilitations à rétablir : ${back.waiting}.` : ''}`, told)
          onClose()
        }}
      >
        <TextArea name="reason" label="Motif" hint="Lu par les deux parties" required maxLength={500} />
      </Form>
    </Dialog>
  )
}
