import { ofName } from '../../../contract/names-in-french.ts'
import { type listDeeds, requireRevocation } from '../../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { DataTable, Dialog, Form, Section, TextArea, tellReader } from '../../ui/index.ts'
import type { Named } from './certify-dialog.tsx'
import { rgcChanged } from './queries.ts'

type Oversight = Reply<typeof listDeeds>

export const Revocations = ({ revocations }: Pick<Oversight, 'revocations'>) => (
  <Section title="Révocations demandées">
    <DataTable
      caption="Révocations demandées"
      hideCaption
      rows={revocations}
      keyOf={({ id }) => id}
      columns={[
        { head: 'Structure', cell: ({ organisation }) => organisation.name },
        { head: 'Personne', cell: ({ person }) => person.name },
        { head: 'Motif', cell: ({ reason }) => reason },
        {
          head: 'Suite',
          cell: ({ madeAt, requiredAt }) =>
            madeAt ? `faite le ${formatDay(dayOf(madeAt))}` : `demandée le ${formatDay(dayOf(requiredAt))}, non faite`,
        },
      ]}
    />
  </Section>
)

export const RequireRevocation = ({ person, onClose }: { person: Named; onClose: () => void }) => (
  <Dialog title={`Demander la révocation ${ofName(person.name)}`} onClose={onClose}>
    <p>La structure reçoit votre demande motivée par courriel, et révoque elle-même. Rien n’est coupé avant.</p>
    <Form
      submit="Envoyer la demande"
      draft={{ name: 'revocation', about: person.id }}
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(requireRevocation, {
          body: { accountId: person.id, reason: values.reason! },
          idempotencyKey,
        })
        await rgcChanged()
        tellReader('La demande est envoyée.', told)
        onClose()
      }}
    >
      <TextArea name="reason" label="Motif" required maxLength={1000} rows={4} />
    </Form>
  </Dialog>
)
