import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { decideAccessRequest, designateRequester, listAccessRequests, requestAccess } from '../../contract/portal.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../platform/format.ts'
import {
  Badge,
  Button,
  DataTable,
  Dialog,
  Empty,
  Form,
  Loaded,
  Page,
  RadioKeys,
  Section,
  SelectField,
  TextArea,
  TextField,
  tellReader,
} from '../ui/index.ts'
import { portalChanged } from './queries.ts'

type Request = Reply<typeof listAccessRequests>['items'][number]

export default function AccessRequestsPage() {
  const query = useQuery({
    queryKey: ['portal', 'access-requests'],
    queryFn: ({ signal }) => call(listAccessRequests, { signal }),
  })
  const [asking, setAsking] = useState(false)
  const [naming, setNaming] = useState(false)
  const [deciding, setDeciding] = useState<Request | null>(null)
  const may = query.data?.allowed.includes('request')
  return (
    <Page
      title="Demandes d’accès à la plateforme"
      lead="L’accès d’une structure est demandé par la personne qu’elle a désignée, et par elle seule (article 3.2 de la convention)."
      {...(may ? { actions: <Button onClick={() => setAsking(true)}>Demander l’accès</Button> } : {})}
    >
      <Loaded query={query}>
        {({ items, designated, candidates, allowed }) => (
          <>
            <Section
              title="Personne désignée par ma structure"
              {...(allowed.includes('designate')
                ? {
                    actions: (
                      <Button size="small" priority="secondary" onClick={() => setNaming(true)}>
                        {designated ? 'Désigner une autre personne' : 'Désigner une personne'}
                      </Button>
                    ),
                  }
                : {})}
            >
              <p className="fr-mb-0">
                {designated
                  ? `${designated.person.name}, depuis le ${formatDay(dayOf(designated.since))}.`
                  : 'Personne n’est encore désigné.'}{' '}
                {allowed.includes('designate') ? '' : 'C’est le signataire de la structure qui la désigne.'}
              </p>
            </Section>
            <Section title="Demandes">
              {items.length === 0 ? (
                <Empty title="Aucune demande">
                  {may
                    ? 'Faites la première quand votre structure est prête.'
                    : 'Les demandes de votre structure et leurs réponses paraîtront ici.'}
                </Empty>
              ) : (
                <DataTable
                  caption={`Demandes d’accès (${items.length})`}
                  hideCaption
                  rows={items}
                  keyOf={({ id }) => id}
                  columns={[
                    { head: 'Structure', cell: ({ organisation }) => organisation.name },
                    {
                      head: 'Demandé',
                      cell: ({ by, requestedAt }) => `le ${formatDay(dayOf(requestedAt))} par ${by.name}`,
                    },
                    { head: 'Pour', cell: ({ people }) => formatCount(people, 'personne') },
                    { head: 'Message', cell: ({ message }) => message || '–', secondary: true },
                    {
                      head: 'Réponse',
                      cell: ({ decision, reason }) =>
                        decision ? (
                          <>
                            <Badge tone={decision === 'accepted' ? 'success' : 'error'}>
                              {decision === 'accepted' ? 'acceptée' : 'refusée'}
                            </Badge>{' '}
                            {reason}
                          </>
                        ) : (
                          <Badge tone="info">en attente</Badge>
                        ),
                    },
                  ]}
                  acts={request =>
                    request.allowed.includes('decide') && (
                      <Button size="small" priority="tertiary" onClick={() => setDeciding(request)}>
                        Répondre<span className="fr-sr-only"> à {request.organisation.name}</span>
                      </Button>
                    )
                  }
                />
              )}
            </Section>
            {naming && <Designate candidates={candidates} onClose={() => setNaming(false)} />}
          </>
        )}
      </Loaded>
      {asking && <Ask onClose={() => setAsking(false)} />}
      {deciding && <Decide request={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}

const Designate = ({
  candidates,
  onClose,
}: {
  candidates: readonly { id: string; name: string }[]
  onClose: () => void
}) => (
  <Dialog title="Désigner la personne qui demande l’accès" onClose={onClose}>
    <p>Elle remplace la précédente. Elle seule pourra demander l’accès pour la structure.</p>
    <Form
      submit="Désigner"
      done="La personne est désignée."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(designateRequester, { body: { accountId: values.accountId! }, idempotencyKey })
        await portalChanged()
        onClose()
      }}
    >
      <SelectField
        name="accountId"
        label="Personne"
        required
        options={candidates.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form>
  </Dialog>
)
const Ask = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Demander l’accès à la plateforme" onClose={onClose}>
    <Form
      submit="Envoyer la demande"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(requestAccess, {
          body: { people: Number(values.people), message: (values.message ?? '').trim() },
          idempotencyKey,
        })
        await portalChanged()
        tellReader('La demande est envoyée.', told)
        onClose()
      }}
    >
      <TextField
        name="people"
        label="Nombre de personnes à habiliter, en prévision"
        type="number"
        min={1}
        max={100_000}
        width="short"
        required
      />
      <TextArea name="message" label="Message à l’opérateur" maxLength={1000} rows={4} />
    </Form>
  </Dialog>
)
const Decide = ({ request, onClose }: { request: Request; onClose: () => void }) => (
  <Dialog title={`Répondre à ${request.organisation.name}`} onClose={onClose}>
    <Form
      submit="Répondre"
      done="La réponse est envoyée."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(decideAccessRequest, {
          params: { requestId: request.id },
          body: { decision: values.decision as 'accepted' | 'refused', reason: values.reason!.trim() },
          idempotencyKey,
        })
        await portalChanged()
        onClose()
      }}
    >
      <RadioKeys
        name="decision"
        label="Réponse"
        required
        options={[
          { value: 'accepted', label: 'Accepter' },
          { value: 'refused', label: 'Refuser' },
        ]}
      />
      <TextArea name="reason" label="Motif, lu par la structure" required maxLength={500} rows={3} />
    </Form>
  </Dialog>
)
