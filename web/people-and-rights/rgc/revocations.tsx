import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import {
  liftBar,
  type listDeeds,
  requireRevocation,
  withdrawRevocation,
} from '../../../contract/people-and-rights/rgc.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Button, DataTable, Dialog, Form, Section, TextArea, tellReader } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import type { Named } from './certify-dialog.tsx'
import { rgcChanged } from './queries.ts'

type Oversight = Reply<typeof listDeeds>

const outcome = ({ madeAt, withdrawn, requiredAt }: Oversight['revocations'][number]) => {
  if (madeAt) return `faite le ${formatDay(dayOf(madeAt))}`
  if (withdrawn) return `retirée le ${formatDay(dayOf(withdrawn.at))} : ${withdrawn.reason}`
  return `demandée le ${formatDay(dayOf(requiredAt))}, non faite`
}
export const Revocations = ({ revocations }: Pick<Oversight, 'revocations'>) => {
  const [withdrawing, setWithdrawing] = useState<Oversight['revocations'][number] | null>(null)
  return (
    <Section title="Révocations demandées">
      <DataTable
        caption="Révocations demandées"
        hideCaption
        rows={revocations}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Structure', cell: ({ organisation }) => organisation.name },
          { head: 'Personne', cell: ({ person }) => <PersonLink person={person} /> },
          { head: 'Motif', cell: ({ reason }) => reason },
          { head: 'Suite', cell: outcome },
        ]}
        acts={revocation =>
          revocation.allowed.includes('withdraw') && (
            <Button size="small" priority="tertiary" onClick={() => setWithdrawing(revocation)}>
              Retirer la demande<span className="fr-sr-only"> : {revocation.person.name}</span>
            </Button>
          )
        }
      />
      {withdrawing && (
        <Dialog
          title={`Retirer la demande de révocation ${ofName(withdrawing.person.name)}`}
          onClose={() => setWithdrawing(null)}
        >
          <p>La structure en est prévenue par courriel, avec votre motif. La personne reste en place.</p>
          <Form
            submit="Retirer la demande"
            draft={{ name: 'revocation-withdrawal', about: withdrawing.id }}
            onCancel={() => setWithdrawing(null)}
            onSubmit={async ({ reason }, { idempotencyKey }) => {
              const { told } = await call(withdrawRevocation, {
                params: { revocationId: withdrawing.id },
                body: { reason: reason! },
                idempotencyKey,
              })
              await rgcChanged()
              tellReader('La demande est retirée.', told)
              setWithdrawing(null)
            }}
          >
            <TextArea name="reason" label="Motif" required maxLength={500} rows={4} />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}

/** Refused or revoked: named no more until the CSSI lifts it. */
export const BarredPeople = ({ barred }: Pick<Oversight, 'barred'>) => {
  const [lifting, setLifting] = useState<Named | null>(null)
  return (
    <Section title="Personnes qui ne peuvent plus être désignées">
      <DataTable
        caption="Personnes refusées ou révoquées"
        hideCaption
        rows={barred}
        keyOf={({ person }) => person.id}
        columns={[
          { head: 'Structure', cell: ({ organisation }) => organisation.name },
          { head: 'Personne', cell: ({ person }) => <PersonLink person={person} /> },
          {
            head: 'Depuis',
            cell: ({ cause, since }) => `${cause === 'refused' ? 'refusée' : 'révoquée'} le ${formatDay(dayOf(since))}`,
          },
          { head: 'Motif', cell: ({ reason }) => reason },
        ]}
        acts={({ person, allowed }) =>
          allowed.includes('lift') && (
            <Button size="small" priority="tertiary" onClick={() => setLifting(person)}>
              Permettre de la désigner<span className="fr-sr-only"> : {person.name}</span>
            </Button>
          )
        }
      />
      {lifting && (
        <Dialog title={`Permettre de désigner ${lifting.name}`} onClose={() => setLifting(null)}>
          <p>
            La structure en est prévenue par courriel, avec votre motif. La personne ne devient RGC que par un nouvel
            acte d’engagement.
          </p>
          <Form
            submit="Permettre de la désigner"
            draft={{ name: 'bar-lifting', about: lifting.id }}
            onCancel={() => setLifting(null)}
            onSubmit={async ({ reason }, { idempotencyKey }) => {
              const { told } = await call(liftBar, {
                params: { accountId: lifting.id },
                body: { reason: reason! },
                idempotencyKey,
              })
              await rgcChanged()
              tellReader('La structure peut de nouveau désigner cette personne.', told)
              setLifting(null)
            }}
          >
            <TextArea name="reason" label="Motif" required maxLength={500} rows={4} />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}

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
