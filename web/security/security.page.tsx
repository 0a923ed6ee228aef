import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listReviewsDue } from '../../contract/reviews.ts'
import type { Reply } from '../../contract/route.ts'
import { type actCuts, blockAccount, findPeople, liftBlock, listBlocks } from '../../contract/security.ts'
import { cutWords } from '../habilitations/words.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { queryClient } from '../platform/query.ts'
import {
  Badge,
  Button,
  ButtonRow,
  DataTable,
  Dialog,
  Empty,
  Form,
  Link,
  Loaded,
  Notice,
  Page,
  RelativeDay,
  Section,
  SelectField,
  TextArea,
  TextField,
  tellReader,
} from '../ui/index.ts'

type Block = Reply<typeof listBlocks>['items'][number]
type Found = Reply<typeof findPeople>['items'][number]
const blocksChanged = () => queryClient.invalidateQueries({ queryKey: ['security'] })
const long = (value: string) => (value.trim().length < 10 ? 'Dix caractères au moins.' : undefined)

const who = {
  head: 'Personne',
  cell: ({ person, organisation }: Block) => (
    <span>
      {person.name}
      <span className="fr-hint-text">{organisation.name}</span>
    </span>
  ),
}
const what = { head: 'Ce qui est coupé', cell: (block: Block) => cutWords(block) }
const why = {
  head: 'Motif',
  cell: ({ cause, reason, incident }: Block) => (
    <span>
      {cause === 'exceptional' ? (
        <Badge tone="warning">acte exceptionnel</Badge>
      ) : (
        <Badge tone="error">usage inhabituel</Badge>
      )}{' '}
      {reason}
      {incident && <span className="fr-hint-text">Incident : {incident}</span>}
    </span>
  ),
}

export default function SecurityPage() {
  const query = useQuery({
    queryKey: ['security', 'blocks'],
    queryFn: ({ signal }) => call(listBlocks, { signal }),
    refetchOnMount: 'always',
  })
  const [acting, setActing] = useState(false)
  const [lifting, setLifting] = useState<Block | null>(null)
  return (
    <Page
      title="Sécurité"
      lead="Les accès coupés, ce que le correspondant sécurité de l’opérateur (CSSI) doit vérifier, et ce que le service surveille."
      actions={
        query.data && (
          <ButtonRow>
            <Button onClick={() => setActing(true)}>Acte exceptionnel</Button>
            <Link href="/securite/rgc">Actes d’engagement et attestations</Link>
            <Link href="/securite/anomalies">Anomalies des accès</Link>
            <Link href="/courriels">Courriels non partis</Link>
          </ButtonRow>
        )
      }
    >
      <Loaded query={query}>
        {({ items, watched }) => {
          const open = items.filter(b => b.liftedAt === null)
          const closed = items.filter(b => b.liftedAt !== null)
          const spared = open.filter(b => b.cuts === 'none')
          return (
            <>
              {spared.length > 0 && (
                <Notice
                  tone="warning"
                  title={`Usage inhabituel, sans blocage : ${spared.map(b => b.person.name).join(', ')}`}
                >
                  Le service ne bloque jamais le dernier CSSI, ni le dernier administrateur : personne ne pourrait plus
                  lever les blocages. Vérifiez cet usage auprès de la personne ; s’il faut couper, donnez d’abord le
                  rôle à quelqu’un d’autre.
                </Notice>
              )}
              <Section title={`En cours (${open.length})`}>
                {open.length === 0 ? (
                  <Empty title="Aucun accès n’est coupé">
                    Un compte paraît ici dès qu’un usage inhabituel le bloque, ou que vous faites un acte exceptionnel.
                  </Empty>
                ) : (
                  <DataTable
                    caption="Accès coupés"
                    hideCaption
                    rows={open}
                    keyOf={({ id }) => id}
                    columns={[
                      who,
                      what,
                      why,
                      {
                        head: 'Coupé',
                        cell: ({ blockedAt, by }) => (
                          <span>
                            le {formatInstant(blockedAt)}
                            <span className="fr-hint-text">par {by?.name ?? 'une règle de détection'}</span>
                          </span>
                        ),
                      },
                    ]}
                    acts={block =>
                      block.allowed.includes('lift') && (
                        <Button size="small" priority="secondary" onClick={() => setLifting(block)}>
                          Lever<span className="fr-sr-only"> le blocage de {block.person.name}</span>
                        </Button>
                      )
                    }
                  />
                )}
              </Section>
              {closed.length > 0 && (
                <Section title="Levés">
                  <DataTable
                    caption="Blocages levés"
                    hideCaption
                    rows={closed}
                    keyOf={({ id }) => id}
                    columns={[
                      who,
                      what,
                      why,
                      { head: 'Constat', cell: ({ verdict }) => verdict },
                      {
                        head: 'Levé',
                        cell: ({ liftedAt, liftedBy }) =>
                          `le ${formatDay(dayOf(liftedAt!))}${liftedBy ? ` par ${liftedBy.name}` : ''}`,
                      },
                    ]}
                  />
                </Section>
              )}
              <Section title="Ce qui est surveillé">
                <p>
                  Chaque minute, le service compte ce que chacun a fait dans la dernière journée. Au-delà du seuil, le
                  compte est bloqué jusqu’à votre constat. Les seuils se règlent dans la configuration du service.
                </p>
                <DataTable
                  caption="Règles de détection"
                  hideCaption
                  keys={false}
                  rows={watched}
                  keyOf={({ says }) => says}
                  columns={[
                    { head: 'Règle', cell: ({ says }) => says },
                    {
                      head: 'Seuil',
                      cell: ({ threshold }) => threshold ?? <Badge tone="warning">non surveillé</Badge>,
                    },
                  ]}
                />
              </Section>
            </>
          )
        }}
      </Loaded>
      <LateReviews />
      {acting && <ActDialog onClose={() => setActing(false)} />}
      {lifting && (
        <Dialog title={`Lever le blocage de ${lifting.person.name}`} onClose={() => setLifting(null)}>
          <p>
            Notez ce que vous avez vérifié : le constat est gardé, et envoyé à la structure. Les droits reviennent
            aussitôt.
          </p>
          <Form
            submit="Lever le blocage"
            onCancel={() => setLifting(null)}
            onSubmit={async (values, { idempotencyKey }) => {
              const { told } = await call(liftBlock, {
                params: { blockId: lifting.id },
                body: { verdict: values.verdict! },
                idempotencyKey,
              })
              await blocksChanged()
              tellReader('Le blocage est levé.', told)
              setLifting(null)
            }}
          >
            <TextArea
              name="verdict"
              label="Constat"
              hint="Par exemple : usage confirmé par téléphone avec la personne et son RGC"
              required
              maxLength={500}
              rows={4}
              check={long}
            />
          </Form>
        </Dialog>
      )}
    </Page>
  )
}

/** Which structures are late with their review of accounts, and since when (ACC-8). */
const LateReviews = () => {
  const { query, more } = useList(
    ['reviews', 'due', true],
    (after, signal) => call(listReviewsDue, { query: { limit: 50, late: true, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  return (
    <Section title="Revues des accès en retard" actions={<Link href="/revues">Toutes les revues</Link>}>
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) => items.length === 0 && <Empty title="Aucune revue n’est en retard" />}
      >
        {({ items }) => (
          <DataTable
            caption="Revues des accès en retard, la plus ancienne échéance d’abord"
            hideCaption
            rows={items}
            keyOf={({ organisation }) => organisation.id}
            href={({ open }) => (open ? `/revues/${open.id}` : undefined)}
            {...(more ? { more } : {})}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Due',
                cell: ({ dueOn }) => (
                  <span className="cc-two">
                    le {formatDay(dueOn!)}
                    <span className="fr-hint-text">
                      <RelativeDay date={dueOn!} />
                    </span>
                  </span>
                ),
              },
              {
                head: 'Où elle en est',
                cell: ({ open }) => (open ? `${formatCount(open.undecided, 'ligne')} à décider` : 'pas commencée'),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** What may be cut of a person: `account`, `rgc`, or the id of a grant. */
const cutOptions = ({ grants, manages }: Found) => [
  { value: 'account', label: 'Tout le compte' },
  ...(manages ? [{ value: 'rgc', label: 'La gestion des comptes (RGC)' }] : []),
  ...grants.map(grant => ({ value: grant.id, label: cutWords({ cuts: 'grant', grant }) })),
]

const ActDialog = ({ onClose }: { onClose: () => void }) => {
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState('')
  const q = words.trim()
  const found = useQuery({
    queryKey: ['security', 'people', q],
    queryFn: ({ signal }) => call(findPeople, { query: { q }, signal }),
    enabled: q.length >= 2,
  })
  const account = found.data?.items.find(({ person }) => person.id === chosen)
  return (
    <Dialog title="Acte exceptionnel" onClose={onClose}>
      <Notice tone="warning">
        Réservé à un incident de sécurité ou à une nécessité. Le RGC de la structure est prévenu aussitôt, et l’acte est
        marqué comme exceptionnel dans le journal. Il se lève ensuite sur un constat écrit : tout revient comme avant.
      </Notice>
      <Form
        submit="Couper"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const cuts: (typeof actCuts)[number] =
            values.cuts === 'account' || values.cuts === 'rgc' ? values.cuts : 'grant'
          const { told, nobodyLeft } = await call(blockAccount, {
            body: {
              accountId: values.accountId!,
              cuts,
              ...(cuts === 'grant' ? { grantId: values.cuts! } : {}),
              reason: values.reason!,
              incident: values.incident!,
            },
            idempotencyKey,
          })
          await blocksChanged()
          tellReader('L’accès est coupé.', told, nobodyLeft)
          onClose()
        }}
      >
        <TextField
          name="words"
          label="Nom de la personne"
          hint="Deux lettres au moins"
          required
          value={words}
          onChange={setWords}
        />
        <SelectField
          name="accountId"
          label="Compte"
          required
          value={account ? chosen : ''}
          onChange={setChosen}
          placeholder={
            q.length < 2
              ? 'Cherchez d’abord un nom'
              : found.data?.items.length === 0
                ? 'Aucun compte de ce nom'
                : 'Sélectionner un compte'
          }
          options={(found.data?.items ?? []).map(({ person, organisation }) => ({
            value: person.id,
            label: `${person.name}, ${organisation.name}`,
          }))}
        />
        <SelectField
          key={account?.person.id ?? ''}
          name="cuts"
          label="Ce qui est coupé"
          required
          placeholder={account ? 'Sélectionner ce qui est coupé' : 'Choisissez d’abord un compte'}
          options={account ? cutOptions(account) : []}
        />
        <TextArea name="reason" label="Motif" required maxLength={500} rows={3} check={long} />
        <TextField name="incident" label="Référence de l’incident" required maxLength={100} width="medium" />
      </Form>
    </Dialog>
  )
}
