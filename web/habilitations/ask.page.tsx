import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askGrant, listGrantRequests, withdrawGrantRequest } from '../../contract/habilitations.ts'
import type { Profile, Tool } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatDay } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import {
  Button,
  Columns,
  DataTable,
  Dialog,
  Empty,
  Form,
  Loaded,
  Page,
  Section,
  SelectField,
  TextArea,
  tellReader,
} from '../ui/index.ts'
import { DecisionBadge } from './decision-badge.tsx'
import { PerimeterFields, perimeterOf } from './grant-dialog.tsx'
import { habilitationsChanged, perimetersQuery } from './queries.ts'
import { type GrantRequest, grantWords, profileOptions, purposeOptions, toolOptions } from './words.ts'

/** For anyone: what one asks for oneself, or for those whose work one leads, and what came of it. */
export default function AskPage() {
  const { data } = useQuery(perimetersQuery)
  const [tool, setTool] = useState('')
  const [round, setRound] = useState(0)
  const [withdrawing, setWithdrawing] = useState<GrantRequest | null>(null)
  const { query, more } = useList(
    ['habilitations', 'requests', 'mine'],
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
            {({ items }) => (
              <DataTable
                caption="Mes demandes, la dernière d’abord"
                hideCaption
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    head: 'Demande',
                    cell: request => (
                      <span className="cc-two">
                        {grantWords(request)}
                        <span className="fr-hint-text">
                          pour {request.person.name}, le {formatDay(dayOf(request.askedAt))}
                        </span>
                      </span>
                    ),
                  },
                  {
                    head: 'Réponse',
                    cell: ({ decision, decisionReason, whoDecides }) => (
                      <span className="cc-two">
                        <DecisionBadge decision={decision} />
                        <span className="fr-hint-text">
                          {decision
                            ? decisionReason
                            : `Qui décide : ${whoDecides.charAt(0).toLowerCase()}${whoDecides.slice(1)}`}
                        </span>
                      </span>
                    ),
                  },
                ]}
                acts={request =>
                  request.allowed.includes('withdraw') && (
                    <Button size="small" priority="tertiary" onClick={() => setWithdrawing(request)}>
                      Retirer<span className="fr-sr-only"> la demande : {grantWords(request)}</span>
                    </Button>
                  )
                }
                {...(more ? { more } : {})}
              />
            )}
          </Loaded>
        </Section>
        <Section title="Nouvelle demande">
          <Form
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
              await habilitationsChanged()
              tellReader('La demande est envoyée.', told)
              setTool('')
              setRound(n => n + 1)
            }}
          >
            {colleagues.length > 0 && (
              <SelectField
                name="accountId"
                label="Pour"
                required
                placeholder="Moi"
                options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
              />
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
      {withdrawing && (
        <Dialog title="Retirer la demande" onClose={() => setWithdrawing(null)}>
          <p>{grantWords(withdrawing)}. Elle n’attendra plus de décision ; vous pourrez la refaire.</p>
          <Form
            submit="Retirer"
            done="La demande est retirée."
            onCancel={() => setWithdrawing(null)}
            onSubmit={async (_values, { idempotencyKey }) => {
              await call(withdrawGrantRequest, { params: { requestId: withdrawing.id }, idempotencyKey })
              await habilitationsChanged()
              setWithdrawing(null)
            }}
          >
            {null}
          </Form>
        </Dialog>
      )}
    </Page>
  )
}
