import { useState } from 'react'
import { checkImport, confirmImport } from '../../../contract/people-and-rights/people.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { spreadsheetText, unreadWorkbook } from '../../platform/spreadsheet.ts'
import { Badge, Button, DataTable, FileField, Form, Notice, Page, Section, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { importErrorWords } from './words.ts'

type Checked = Reply<typeof checkImport>
const model =
  'data:text/csv;charset=utf-8,%EF%BB%BFPr%C3%A9nom%3BNom%3BCourriel%3BFonction%3BQualit%C3%A9%3BTiers%3BFin%20contrat%0D%0A'

/** Checked whole first; nothing is created before one says so. */
export default function FilePage() {
  const [checked, setChecked] = useState<Checked | null>(null)
  const [created, setCreated] = useState<{ count: number; waiting: number } | null>(null)
  const [error, setError] = useState<string>()
  const read = async (file: File) => {
    setCreated(null)
    setError(undefined)
    setChecked(null)
    const text = await spreadsheetText(file)
    if (text === undefined) return setError(unreadWorkbook)
    try {
      setChecked(await call(checkImport, { body: { text }, idempotencyKey: newKey() }))
    } catch (problem) {
      setError(asProblem(problem).detail)
    }
  }
  return (
    <Page
      title="Créer des comptes par fichier"
      lead="Le fichier est vérifié en entier avant que rien ne soit créé."
      breadcrumb={[
        { label: 'Habilitations', href: '/habilitations' },
        { label: 'Personnes', href: '/habilitations/personnes' },
      ]}
    >
      <p>
        Un classeur .xlsx ou un tableau enregistré en CSV, avec les colonnes Prénom, Nom, Courriel et Fonction ; et,
        s’il y a lieu, Qualité (agent, délégataire ou prestataire), Tiers (le nom déclaré) et Fin contrat (JJ/MM/AAAA).{' '}
        <a className="fr-link" href={model} download="personnes.csv">
          Télécharger un modèle vide
        </a>
      </p>
      <FileField
        label="Fichier"
        hint="Classeur .xlsx ou CSV, 5 000 personnes au plus"
        accept=".xlsx,.csv,text/csv"
        error={error}
        onFile={file => void read(file)}
      />
      {created !== null && (
        <Notice tone="success" title="Comptes créés">
          {formatCount(created.count, 'compte est créé', 'comptes sont créés')}. Chaque personne reçoit un courriel.
          {created.waiting > 0 &&
            ` ${formatCount(created.waiting, 'attend', 'attendent')} qu’une seconde personne les confirme : l’adresse est d’un domaine inconnu de votre structure.`}
        </Notice>
      )}
      {checked && created === null && (
        <Section title="Ce que contient le fichier">
          <p>
            <strong>{formatCount(checked.new, 'compte à créer', 'comptes à créer')}</strong>
            {checked.known > 0 &&
              `, ${formatCount(checked.known, 'personne a déjà le sien', 'personnes ont déjà le leur')}`}
            {checked.wrong > 0 && `, ${formatCount(checked.wrong, 'ligne à corriger', 'lignes à corriger')}`}. Rien
            n’est encore créé.
          </p>
          {checked.wrong > 0 && (
            <Notice tone="error" title="Des lignes sont à corriger">
              Corrigez-les dans votre fichier, puis choisissez-le de nouveau.
            </Notice>
          )}
          {checked.wrong === 0 && checked.new > 0 && (
            <Form
              draft="choices"
              submit={`Créer ${formatCount(checked.new, 'compte')}`}
              onSubmit={async (_values, { idempotencyKey }) => {
                const {
                  created: count,
                  waiting,
                  told,
                } = await call(confirmImport, { params: { importId: checked.id }, idempotencyKey })
                setCreated({ count, waiting })
                if (told) tellReader('Les comptes sont créés ; une seconde personne doit en confirmer.', told)
                await rightsChanged()
              }}
            >
              {null}
            </Form>
          )}
          <DataTable
            caption={formatCount(checked.lines.length, 'ligne')}
            rows={checked.lines.toSorted(
              (a, b) => Number(b.outcome === 'error') - Number(a.outcome === 'error') || a.line - b.line,
            )}
            keyOf={({ line }) => String(line)}
            keys={false}
            columns={[
              { head: 'Ligne', cell: ({ line }) => line, numeric: true },
              {
                head: 'Personne',
                cell: ({ givenName, familyName, email }) => (
                  <span className="cc-two">
                    {givenName} {familyName}
                    <span className="fr-hint-text">{email}</span>
                  </span>
                ),
              },
              { head: 'Fonction', cell: line => line.function },
              {
                head: 'Résultat',
                cell: ({ outcome, errors }) =>
                  outcome === 'error' ? (
                    errors.map(e => (
                      <Badge key={e} tone="error">
                        {importErrorWords[e]}
                      </Badge>
                    ))
                  ) : (
                    <Badge tone={outcome === 'new' ? 'success' : 'info'}>
                      {outcome === 'new' ? 'à créer' : 'a déjà un compte'}
                    </Badge>
                  ),
              },
            ]}
          />
        </Section>
      )}
      {error && (
        <Button size="small" priority="tertiary" href="/habilitations/structure">
          Voir les délégataires et prestataires déclarés
        </Button>
      )}
    </Page>
  )
}
