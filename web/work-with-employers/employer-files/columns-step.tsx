import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fileFields } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import type { visibilities } from '../../../contract/work-with-employers/exchanges.ts'
import { Button, ButtonRow, Notice, ProgressBar, RadioKeys, Refused, Section, SelectField } from '../../ui/index.ts'
import { type Field, fieldWords, proposedFields, wrongFields } from './columns.ts'
import { Meanings } from './meanings.tsx'
import { columnsQuery } from './queries.ts'
import { type Meaning, noMeaning, rowsToSend } from './rows-to-send.ts'
import type { Chosen } from './sheet.ts'
import { useSending } from './use-sending.ts'
import { rowsWords } from './words.ts'
import './employer-files.css'

const options = fileFields.map(field => ({ value: field, label: fieldWords[field] }))
const visibilityWords = {
  reseau: {
    label: 'Tout le réseau',
    hint: 'Chacun de ceux qui lisent la fiche lira ces échanges et ces notes : c’est l’usage de la convention',
  },
  organisation: {
    label: 'Ma structure seulement',
    hint: 'Les autres verront qu’un contact a eu lieu et quand, pas ce qui s’est dit, ni les notes',
  },
}
type Visibility = (typeof visibilities)[number]

/** What the structure kept of such a file, or what the titles say; the person corrects. */
const useFields = ({ sheet, headings }: Chosen) => {
  const { data, isPending } = useQuery(columnsQuery)
  const kept = data?.items.find(one => one.headings === headings && one.fields.length === sheet.headings.length)
  const [typed, setTyped] = useState<readonly (Field | null)[]>()
  const [proposed] = useState(() => proposedFields(sheet))
  const fields = typed ?? kept?.fields ?? proposed
  return {
    ready: !isPending,
    kept: kept !== undefined,
    fields,
    choose: (at: number, field: Field | null) => setTyped(fields.map((one, n) => (n === at ? field : one))),
  }
}

export const ColumnsStep = ({ chosen, onBack }: { chosen: Chosen; onBack: () => void }) => {
  const { sheet, name } = chosen
  const { ready, kept, fields, choose } = useFields(chosen)
  const [channel, setChannel] = useState<Meaning>(noMeaning)
  const [result, setResult] = useState<Meaning>(noMeaning)
  const [visibility, setVisibility] = useState<Visibility>('reseau')
  const [wrong, setWrong] = useState<string>()
  const sending = useSending(chosen)
  const send = () => {
    const missing = wrongFields(fields)
    setWrong(missing)
    if (!missing) sending.send({ fields, visibility, rows: rowsToSend(sheet, { fields, channel, result }).rows })
  }
  const dated = fields.includes('day')
  const tells = dated || fields.includes('notes')
  return (
    <>
      <Notice>
        <p className="fr-mb-0">
          <strong>{name}</strong> : {rowsWords(sheet.rows.length)}, {sheet.how}.
          {kept && ' Les colonnes sont celles que votre structure a dites pour un fichier semblable.'}
        </p>
      </Notice>
      {ready && (
        <Section title="Les colonnes">
          <div className="cc-file-columns">
            {sheet.headings.map((heading, at) => (
              <SelectField
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                key={at}
                name={`column-${at}`}
                label={heading}
                required
                hint={exampleOf(chosen, at)}
                placeholder="Ne pas reprendre"
                value={fields[at] ?? ''}
                onChange={value => choose(at, (value || null) as Field | null)}
                options={options}
              />
            ))}
          </div>
        </Section>
      )}
      {tells && (
        <>
          {dated && <Meanings kind="channel" {...{ sheet, fields }} onChange={setChannel} />}
          {dated && <Meanings kind="result" {...{ sheet, fields }} onChange={setResult} />}
          <Section title="Qui lira ces échanges et ces notes">
            <p>Ce qui est dit sans date n’est pas un échange : une note sur l’employeur le garde, datée de l’import.</p>
            <RadioKeys
              name="visibility"
              label="Ce qui s’est dit est pour"
              required
              layout="column"
              value={visibility}
              onChange={value => setVisibility(value as Visibility)}
              options={(['reseau', 'organisation'] as const).map(value => ({ value, ...visibilityWords[value] }))}
            />
          </Section>
        </>
      )}
      <Cut count={rowsToSend(sheet, { fields, channel, result }).cut} />
      {wrong && (
        <Notice tone="error" title="Il manque quelque chose">
          <p>{wrong}</p>
        </Notice>
      )}
      {sending.error && <Refused problem={sending.error} retry={send} />}
      {sending.sent !== undefined && (
        <ProgressBar
          label="Lignes envoyées"
          value={sending.sent}
          max={sheet.rows.length}
          figures={`${sending.sent} sur ${sheet.rows.length}`}
        />
      )}
      <ButtonRow>
        <Button busy={sending.busy} onClick={send}>
          {sending.busy ? 'Reconnaissance en cours…' : 'Reconnaître les établissements'}
        </Button>
        <Button priority="secondary" onClick={onBack}>
          Choisir un autre fichier
        </Button>
      </ButtonRow>
    </>
  )
}

const exampleOf = ({ sheet }: Chosen, at: number) => {
  const example = sheet.rows.find(({ cells }) => cells[at])?.cells[at]
  return example ? `Exemple : ${example.slice(0, 60)}` : 'Vide'
}
const Cut = ({ count }: { count: number }) =>
  count > 0 && (
    <Notice tone="warning">
      <p className="fr-mb-0">
        {count === 1
          ? 'Un texte est trop long : il sera coupé.'
          : `${count} textes sont trop longs : ils seront coupés.`}
      </p>
    </Notice>
  )
