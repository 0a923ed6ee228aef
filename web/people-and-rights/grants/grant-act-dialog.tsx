import { endGrant, resumeGrant, suspendGrant } from '../../../contract/people-and-rights/grants.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { Reason } from '../accounts/reason-field.tsx'
import { type Grant, grantWords } from '../accounts/words.ts'

const acts = {
  end: {
    route: endGrant,
    title: 'Mettre fin à l’habilitation',
    what: 'Elle cesse aussitôt, même dans une session ouverte.',
    submit: 'Mettre fin',
    done: 'L’habilitation a pris fin.',
  },
  suspend: {
    route: suspendGrant,
    title: 'Suspendre l’habilitation',
    what: 'Elle cesse aussitôt, même dans une session ouverte ; elle se rétablit telle qu’elle était, depuis « À venir et finies ».',
    submit: 'Suspendre',
    done: 'L’habilitation est suspendue.',
  },
  resume: {
    route: resumeGrant,
    title: 'Rétablir l’habilitation',
    what: 'Elle reprend telle qu’elle était, si rien ne s’y oppose depuis.',
    submit: 'Rétablir',
    done: 'L’habilitation est rétablie.',
  },
} as const

/** What is said of one grant with a reason alone. */
export const GrantActDialog = ({
  act,
  grant,
  onClose,
}: {
  act: keyof typeof acts
  grant: Pick<Grant, 'id' | 'tool' | 'profile' | 'territory' | 'agency'>
  onClose: () => void
}) => {
  const { route, title, what, submit, done } = acts[act]
  return (
    <Dialog title={title} onClose={onClose}>
      <p>
        {grantWords(grant)}. {what}
      </p>
      <Form
        draft={{ name: 'grant-act', about: `${grant.id}-${act}` }}
        submit={submit}
        done={done}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(route, { params: { grantId: grant.id }, body: { reason: values.reason! }, idempotencyKey })
          await rightsChanged()
          onClose()
        }}
      >
        <Reason hint="La personne le lira" />
      </Form>
    </Dialog>
  )
}
