import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askGrant, listGrantRequests } from '../../../contract/people-and-rights/grants.ts'
import type { Profile, Tool } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { Columns, Empty, Form, Loaded, Page, Section, SelectField, TextArea, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { profileOptions, purposeOptions, toolOptions } from '../accounts/words.ts'
import { PersonSelect } from '../directory/person-select.tsx'
import { PerimeterFields, perimeterOf } from './grant-dialog.tsx'
import { OwnRequests } from './own-requests.tsx'
import { perimetersQuery } from './queries.ts'
import { WithdrawRequest } from './withdraw-request.tsx'
import type { GrantRequest } from './words.ts'

/** For anyone: what one asks for oneself, or for those whose work one leads, and what came of it. */
export default function AskPage() {
  const { data } = useQuery(perimetersQuery)
  const [tool, setTool] = useState('')
  const [round, setRound] = useState(0)
  const [withdrawing, setWithdrawing] = useState<GrantRequest | null>(null)
  const { query, more } = useList(
    ['rights', 'requests', 'mine'],
    (after, signal) => call(listGrantRequests, { query: { mine: true, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  const colleagues = data?.colleagues ?? []
  return (
    <Page
      title="Demander un accès"
      lead="Un responsable de gestion de comptes (RGC) de votre structure décide, et vous lisez ici sa réponse."
      breadcrumb={[{ label: 'Mes droits', href: '/mes-droits' }]}
    >
      <Columns shape="aside">
        <Section title="Mes demandes">
          <Loaded
            query={query}
            empty={({ items }) =>
              items.length === 0 && (
                <Empty title="Aucune demande">
                  Celles que vous ferez, ou qui seront faites pour vous, paraîtront ici.
                </Empty>
              )
            }
          >
            {({ items }) => <OwnRequests items={items} more={more} onWithdraw={setWithdrawing} />}
          </Loaded>
        </Section>
        <Section title="Nouvelle demande">
          <Form
            draft={{ name: 'grant-request' }}
            key={round}
            submit="Envoyer la demande"
            busyWords="Envoi…"
            onSubmit={async (values, { idempotencyKey }) => {
              const { told } = await call(askGrant, {
                body: {
                  accountId: values.accountId || null,
                  tool: values.tool as Tool,
                  profile: values.profile as Profile,
                  perimeter: perimeterOf(values),
                  purpose: values.purpose as 'suivi',
                  reason: values.reason!,
                },
                idempotencyKey,
              })
              await rightsChanged()
              tellReader('La demande est envoyée.', told)
              setTool('')
              setRound(past => past + 1)
            }}
          >
            {colleagues.length > 0 && (
              <PersonSelect name="accountId" label="Pour" required placeholder="Moi" people={colleagues} />
            )}
            <SelectField name="tool" label="Outil" required value={tool} onChange={setTool} options={toolOptions} />
            <SelectField key={tool} name="profile" label="Profil" required options={profileOptions(tool)} />
            <PerimeterFields />
            <SelectField name="purpose" label="Finalité" required options={purposeOptions} />
            <TextArea
              name="reason"
              label="Motif"
              hint="Ce pour quoi vous en avez besoin"
              required
              maxLength={300}
              rows={3}
            />
          </Form>
        </Section>
      </Columns>
      {withdrawing && <WithdrawRequest request={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Page>
  )
}
