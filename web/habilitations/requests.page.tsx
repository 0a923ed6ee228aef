import './habilitations.css'
import { useState } from 'react'
import { decideGrantRequest, listGrantRequests } from '../../contract/habilitations.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatDay } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import {
  Badge,
  Button,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Page,
  RadioKeys,
  TagChoice,
  TextArea,
  tellReader,
} from '../ui/index.ts'
import { habilitationsChanged } from './queries.ts'
import { type GrantRequest, grantWords, purposeWords } from './words.ts'

export const decisionWords = { accepted: 'acceptée', refused: 'refusée', withdrawn: 'retirée' } as const
const tones = { accepted: 'success', refused: 'error', withdrawn: 'neutral' } as const
export const DecisionBadge = ({ decision }: Pick<GrantRequest, 'decision'>) =>
  decision ? <Badge tone={tones[decision]}>{decisionWords[decision]}</Badge> : <Badge tone="info">en attente</Badge>

export default function RequestsPage() {
  const [{ etat = 'attente' }, set] = useAddress()
  const state = etat === 'decidees' ? ('decided' as const) : ('waiting' as const)
  const [deciding, setDeciding] = useState<GrantRequest | null>(null)
  const { query, more } = useList(
    ['habilitations', 'requests', state],
    (after, signal) => call(listGrantRequests, { query: { state, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  return (
    <Page
      title="Demandes d’habilitation"
      lead="Ce que les personnes de votre structure demandent, et ce qui a été décidé."
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
    >
      <TagChoice
        label="Demandes"
        value={state === 'waiting' ? 'attente' : 'decidees'}
        onChange={value => set({ etat: value })}
        options={[
          { value: 'attente', label: 'En attente' },
          { value: 'decidees', label: 'Closes' },
        ]}
      />
      <Loaded
        query={query}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title={state === 'waiting' ? 'Aucune demande n’attend' : 'Aucune demande close'}>
              {state === 'waiting'
                ? 'Une nouvelle demande vous est signalée par courriel.'
                : 'Les demandes acceptées, refusées ou retirées paraîtront ici.'}
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Demandes, la dernière d’abord"
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                head: 'Pour',
                cell: ({ person, askedBy }) => (
                  <span className="cc-two">
                    {person.name}
                    {askedBy.id !== person.id && <span className="fr-hint-text">demandé par {askedBy.name}</span>}
                  </span>
                ),
              },
              {
                head: 'Demande',
                cell: request => (
                  <span className="cc-two">
                    {grantWords(request)}
                    {request.beyondFunction && <Badge tone="warning">au-delà de la fonction</Badge>}
                    <span className="fr-hint-text">« {request.reason} »</span>
                  </span>
                ),
              },
              { head: 'Le', cell: ({ askedAt }) => formatDay(dayOf(askedAt)) },
              {
                head: 'Décision',
                cell: ({ decision, decisionReason, decidedBy }) => (
                  <span className="cc-two">
                    <DecisionBadge decision={decision} />
                    {decision && decisionReason && (
                      <span className="fr-hint-text">
                        {decisionReason}
                        {decidedBy && `, par ${decidedBy.name}`}
                      </span>
                    )}
                  </span>
                ),
              },
            ]}
            acts={request =>
              request.allowed.includes('decide') && (
                <Button size="small" onClick={() => setDeciding(request)}>
                  Décider<span className="fr-sr-only"> de la demande pour {request.person.name}</span>
                </Button>
              )
            }
            {...(more ? { more } : {})}
          />
        )}
      </Loaded>
      {deciding && <DecideDialog request={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}

const DecideDialog = ({ request, onClose }: { request: GrantRequest; onClose: () => void }) => {
  const [decision, setDecision] = useState('')
  const needsDuties = request.whoDecides !== 'Un RGC de la structure'
  return (
    <Dialog title={`Demande pour ${request.person.name}`} onClose={onClose}>
      <p>
        {grantWords(request)}. {purposeWords[request.purpose]} : « {request.reason} »
      </p>
      {request.beyondFunction && (
        <Notice tone="warning">
          Elle va au-delà de ce que la fonction demande d’ordinaire : acceptée, elle sera signalée aux autres RGC et au
          correspondant sécurité de l’opérateur (CSSI).
        </Notice>
      )}
      <Form
        submit="Décider"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const { told } = await call(decideGrantRequest, {
            params: { requestId: request.id },
            body: {
              decision: values.decision as 'accepted',
              reason: values.reason!,
              endsOn: values.endsOn || null,
              duties: values.duties?.trim() || null,
            },
            idempotencyKey,
          })
          await habilitationsChanged()
          tellReader('La décision est prise, la personne en est prévenue.', told)
          onClose()
        }}
      >
        <RadioKeys
          name="decision"
          label="Décision"
          required
          value={decision}
          onChange={setDecision}
          options={[
            { value: 'accepted', label: 'Accepter' },
            { value: 'refused', label: 'Refuser' },
          ]}
        />
        <TextArea
          name="reason"
          label="Motif de la décision"
          hint="La personne le lira"
          required
          maxLength={300}
          rows={3}
        />
        {decision === 'accepted' && needsDuties && (
          <TextArea
            name="duties"
            label="Missions"
            hint="La qualité de RGC n’ouvre aucun outil : dites les missions qui le demandent"
            required
            maxLength={300}
            rows={2}
          />
        )}
        {decision === 'accepted' && (
          <DateField name="endsOn" label="Jusqu’au" hint="Sans date, tant que rien n’y met fin" />
        )}
      </Form>
    </Dialog>
  )
}
