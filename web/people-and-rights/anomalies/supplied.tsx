import { useState } from 'react'
import { correctSupplied, listSupplied, supplyAnomaly } from '../../../contract/people-and-rights/anomalies.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, today } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import {
  Button,
  ButtonRow,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Section,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { SupplyFile } from './supply-file.tsx'
import type { Supplied as Row } from './words.ts'

/**
 * What the operator saw outside the service: supplied by its security officer, said corrected by the structure's
 * account manager.
 */
export const Supplied = ({
  organisationId,
  corrected,
  supplies,
}: {
  organisationId: string
  corrected: boolean
  supplies: boolean
}) => {
  const [open, setOpen] = useState<'one' | 'file' | null>(null)
  const [correcting, setCorrecting] = useState<Row | null>(null)
  const state = corrected ? ('corrected' as const) : ('open' as const)
  const { query, more } = useList(
    ['rights', 'anomalies', 'supplied', organisationId, state],
    (after, signal) =>
      call(listSupplied, { query: { organisationId, state, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const close = () => setOpen(null)
  return (
    <Section
      title={corrected ? 'Signalées par l’opérateur, et corrigées' : 'Signalées par l’opérateur'}
      actions={
        supplies && (
          <ButtonRow>
            <Button size="small" onClick={() => setOpen('one')}>
              Signaler une anomalie
            </Button>
            <Button size="small" priority="secondary" onClick={() => setOpen('file')}>
              Par un fichier
            </Button>
          </ButtonRow>
        )
      }
    >
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title={corrected ? 'Aucune n’a été corrigée' : 'Aucune n’est signalée'}>
              Ce que le service ne montre pas, le correspondant sécurité de l’opérateur (CSSI) le signale ici.
            </Empty>
          )
        }
      >
        {({ items, total }) => (
          <DataTable
            caption={
              total === undefined
                ? 'Anomalies signalées'
                : formatCount(total, 'anomalie signalée', 'anomalies signalées')
            }
            rows={items}
            keyOf={({ id }) => id}
            {...(more ? { more } : {})}
            columns={[
              { head: 'Accès', cell: ({ whose }) => whose },
              {
                head: 'Anomalie',
                cell: ({ kind, evidence }) => (
                  <span className="cc-two">
                    {kind}
                    <span className="fr-hint-text">{evidence}</span>
                  </span>
                ),
              },
              {
                head: 'Vue',
                cell: ({ foundOn, recordedBy }) => (
                  <span className="cc-two">
                    le {formatDay(foundOn)}
                    <span className="fr-hint-text">signalée par {recordedBy.name}</span>
                  </span>
                ),
              },
              ...(corrected
                ? [
                    {
                      head: 'Corrigée',
                      cell: ({ correctedAt, correctedBy, correction }: Row) => (
                        <span className="cc-two">
                          le {formatDay(dayOf(correctedAt!))}, par {correctedBy!.name}
                          <span className="fr-hint-text">{correction}</span>
                        </span>
                      ),
                    },
                  ]
                : []),
            ]}
            acts={row =>
              row.allowed.includes('correct') && (
                <Button size="small" priority="secondary" onClick={() => setCorrecting(row)}>
                  Dire corrigée
                  <span className="fr-sr-only">
                    {' '}
                    : {row.kind}, {row.whose}
                  </span>
                </Button>
              )
            }
          />
        )}
      </Loaded>
      {open === 'one' && <SupplyOne organisationId={organisationId} onClose={close} />}
      {open === 'file' && <SupplyFile organisationId={organisationId} onClose={close} />}
      {correcting && (
        <Dialog title={`Dire corrigée : ${correcting.kind}`} onClose={() => setCorrecting(null)}>
          <p>
            {correcting.whose}. {correcting.evidence}
          </p>
          <Form
            draft={{ name: 'anomaly-correction', about: correcting.id }}
            submit="Dire corrigée"
            done="L’anomalie est corrigée."
            onCancel={() => setCorrecting(null)}
            onSubmit={async (values, { idempotencyKey }) => {
              await call(correctSupplied, {
                params: { anomalyId: correcting.id },
                body: { correction: values.correction! },
                idempotencyKey,
              })
              await rightsChanged()
              setCorrecting(null)
            }}
          >
            <TextArea
              name="correction"
              label="Ce que vous avez fait"
              hint="L’opérateur le lira"
              required
              maxLength={500}
              rows={3}
            />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}

const SupplyOne = ({ organisationId, onClose }: { organisationId: string; onClose: () => void }) => (
  <Dialog title="Signaler une anomalie" onClose={onClose}>
    <p>
      Ce que le service ne montre pas, et que vous avez vu ailleurs. Le responsable de gestion de comptes (RGC) de la
      structure en est prévenu.
    </p>
    <Form
      draft={{ name: 'anomaly', about: organisationId }}
      submit="Signaler"
      done="L’anomalie est signalée à la structure."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(supplyAnomaly, {
          body: {
            organisationId,
            kind: values.kind!,
            whose: values.whose!,
            evidence: values.evidence!,
            foundOn: values.foundOn!,
          },
          idempotencyKey,
        })
        await rightsChanged()
        onClose()
      }}
    >
      <TextField name="kind" label="Anomalie" hint="Par exemple : compte partagé" required maxLength={80} />
      <TextField name="whose" label="Accès" hint="La personne ou l’accès concerné" required maxLength={200} />
      <DateField name="foundOn" label="Vue le" required max={today()} />
      <TextArea
        name="evidence"
        label="Preuve"
        hint="Ce qui la montre, et où vous l’avez vu"
        required
        maxLength={1000}
        rows={4}
      />
    </Form>
  </Dialog>
)
