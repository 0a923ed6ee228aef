import { useState } from 'react'
import { type suppliedErrors, supplyFile } from '../../../contract/people-and-rights/anomalies.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { spreadsheetText, unreadWorkbook } from '../../platform/spreadsheet.ts'
import { Badge, Button, DataTable, Dialog, FileField, Form, Notice } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'

const errorWords: Record<(typeof suppliedErrors)[number], string> = {
  'kind-missing': 'anomalie absente',
  'whose-missing': 'accès absent',
  'evidence-missing': 'preuve absente',
  'date-malformed': 'date absente ou mal écrite (JJ/MM/AAAA)',
  'date-in-future': 'date à venir',
  'too-long': 'valeur trop longue',
  twice: 'présente deux fois dans le fichier',
}
const model = 'data:text/csv;charset=utf-8,%EF%BB%BFAnomalie%3BAcc%C3%A8s%3BDate%3BPreuve%0D%0A'

/** Checked whole first; nothing is written before one says so. */
export const SupplyFile = ({ organisationId, onClose }: { organisationId: string; onClose: () => void }) => {
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<Reply<typeof supplyFile> | null>(null)
  const [error, setError] = useState<string>()
  const read = async (file: File) => {
    setError(undefined)
    setChecked(null)
    const content = await spreadsheetText(file)
    if (content === undefined) return setError(unreadWorkbook)
    try {
      setChecked(
        await call(supplyFile, { body: { organisationId, text: content, confirm: false }, idempotencyKey: newKey() }),
      )
      setText(content)
    } catch (problem) {
      setError(asProblem(problem).detail)
    }
  }
  return (
    <Dialog title="Signaler des anomalies par un fichier" onClose={onClose}>
      <p>
        Un classeur .xlsx ou un tableau enregistré en CSV, avec les colonnes Anomalie, Accès, Date (JJ/MM/AAAA) et
        Preuve. Il est vérifié en entier avant que rien ne soit signalé.{' '}
        <a className="fr-link" href={model} download="anomalies.csv">
          Télécharger un modèle vide
        </a>
      </p>
      <FileField
        label="Fichier"
        hint="Classeur .xlsx ou CSV, 1 000 anomalies au plus"
        accept=".xlsx,.csv,text/csv"
        error={error}
        onFile={file => void read(file)}
      />
      {checked && (
        <>
          <p>
            <strong>{formatCount(checked.new, 'anomalie à signaler', 'anomalies à signaler')}</strong>
            {checked.known > 0 && `, ${formatCount(checked.known, 'déjà signalée', 'déjà signalées')}`}
            {checked.wrong > 0 && `, ${formatCount(checked.wrong, 'ligne à corriger', 'lignes à corriger')}`}. Rien
            n’est encore signalé.
          </p>
          {checked.wrong > 0 && (
            <Notice tone="error" title="Des lignes sont à corriger">
              Corrigez-les dans votre fichier, puis choisissez-le de nouveau.
            </Notice>
          )}
          <DataTable
            caption={formatCount(checked.lines.length, 'ligne')}
            hideCaption
            rows={checked.lines.toSorted(
              (a, b) => Number(b.outcome === 'error') - Number(a.outcome === 'error') || a.line - b.line,
            )}
            keyOf={({ line }) => String(line)}
            keys={false}
            columns={[
              { head: 'Ligne', cell: ({ line }) => line, numeric: true },
              {
                head: 'Anomalie',
                cell: ({ kind, whose }) => (
                  <span className="cc-two">
                    {kind}
                    <span className="fr-hint-text">{whose}</span>
                  </span>
                ),
              },
              {
                head: 'Résultat',
                cell: ({ outcome, errors }) =>
                  outcome === 'error' ? (
                    errors.map(e => (
                      <Badge key={e} tone="error">
                        {errorWords[e]}
                      </Badge>
                    ))
                  ) : (
                    <Badge tone={outcome === 'new' ? 'success' : 'info'}>
                      {outcome === 'new' ? 'à signaler' : 'déjà signalée'}
                    </Badge>
                  ),
              },
            ]}
          />
          {checked.wrong === 0 && checked.new > 0 ? (
            <Form
              draft="choices"
              submit={`Signaler ${formatCount(checked.new, 'anomalie')}`}
              done="Les anomalies sont signalées à la structure."
              onCancel={onClose}
              onSubmit={async (_values, { idempotencyKey }) => {
                await call(supplyFile, { body: { organisationId, text, confirm: true }, idempotencyKey })
                await rightsChanged()
                onClose()
              }}
            >
              {null}
            </Form>
          ) : (
            <Button priority="tertiary" onClick={onClose}>
              Fermer
            </Button>
          )}
        </>
      )}
    </Dialog>
  )
}
