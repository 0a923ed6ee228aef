import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Body } from '../../../contract/route.ts'
import { countHandedActions, listHandRecipients } from '../../../contract/work-with-employers/bulk-works.ts'
import { PersonSelect } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'
import { useMe } from '../../platform/session.ts'
import { Button, Loaded, Page, Section } from '../../ui/index.ts'
import { Counting, useCounting } from './counting.tsx'
import { actionsOf, missingActions, useActions, WhichActions } from './which-actions.tsx'
import { formatSubjects } from './words.ts'
import '../campaigns/campaigns.css'
import '../sharing/sharing.css'

const recipientsQuery = {
  queryKey: ['hand-recipients'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(listHandRecipients, { signal }),
}

/** One’s planned actions, handed to a colleague together: chosen, counted, then done. */
export default function HandActionsPage() {
  const [to, setTo] = useState('')
  const counting = useCounting(
    (body: Body<typeof countHandedActions>) => call(countHandedActions, { body }),
    planned => `${formatSubjects('hand-actions', planned)} à confier.`,
  )
  const { anew } = counting
  const actions = useActions(anew)
  const start = () =>
    counting.count(
      missingActions(actions) ?? (to ? { which: actionsOf(actions), toAccountId: to } : 'Dites à qui les confier.'),
    )
  return (
    <Page
      title="Confier des actions"
      breadcrumb={[{ label: 'Mon portefeuille', href: '/portefeuille' }]}
      lead="Ce qui changerait est compté avant que rien ne change."
      actions={
        <Button size="small" priority="tertiary" href="/mes-travaux">
          Mes travaux longs
        </Button>
      }
    >
      <WhichActions actions={actions} purpose="à confier" spared="vous restent" />
      <Section title="À qui">
        <Recipient
          value={to}
          onChange={value => {
            setTo(value)
            anew()
          }}
        />
        <p className="fr-text--sm">
          Cette personne reçoit un message. Jour, heure et historique sont gardés ; vous pourrez annuler tant qu’elle
          n’y a rien changé.
        </p>
      </Section>
      <Counting act="hand-actions" counting={counting} onCount={start} />
    </Page>
  )
}

const Recipient = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const me = useMe()
  const query = useQuery(recipientsQuery)
  return (
    <Loaded
      query={query}
      lines={2}
      empty={({ items }) =>
        items.every(({ id }) => id === me.account.id) && (
          <p>Personne d’autre de votre structure n’enregistre d’échange.</p>
        )
      }
    >
      {({ items }) => (
        <PersonSelect
          name="to"
          label="Collègue"
          required
          placeholder="Choisir"
          value={value}
          onChange={onChange}
          people={items.filter(({ id }) => id !== me.account.id)}
        />
      )}
    </Loaded>
  )
}
