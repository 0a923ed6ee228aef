import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { liftBlock, listBlocks } from '../../contract/security.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatDay, formatInstant } from '../platform/format.ts'
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
  Section,
  TextArea,
  tellReader,
} from '../ui/index.ts'
import { ActDialog } from './act-dialog.tsx'
import { type Block, blocksChanged, long, what, who, why } from './blocks.tsx'
import { LateReviews } from './late-reviews.tsx'

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
