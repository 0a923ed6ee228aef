import { useEffect, useMemo, useState } from 'react'
import { channelLabels, resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { Section, SelectField } from '../../ui/index.ts'
import { channelOf, resultOf } from './cell-words.ts'
import type { Field } from './columns.ts'
import { type Meaning, wordsIn } from './rows-to-send.ts'
import type { Sheet } from './sheet.ts'

/** More are no list of words: these are left as they are, and the trial says which are not recognised. */
const mostWords = 30
const kinds = {
  channel: {
    title: 'Le canal des échanges',
    labels: channelLabels as Record<string, string>,
    read: channelOf,
    blank: 'Quand le fichier ne dit pas le canal',
  },
  result: {
    title: 'Le résultat des échanges',
    labels: resultLabels as Record<string, string>,
    read: resultOf,
    blank: 'Quand le fichier ne dit pas le résultat',
  },
}

/** What each word of a column means, as proposed then corrected; and what a blank cell stands for. */
export const Meanings = ({
  kind,
  sheet,
  fields,
  onChange,
}: {
  kind: keyof typeof kinds
  sheet: Sheet
  fields: readonly (Field | null)[]
  onChange: (meaning: Meaning) => void
}) => {
  const { title, labels, read, blank: blankLabel } = kinds[kind]
  const found = useMemo(() => wordsIn(sheet, fields, kind), [sheet, fields, kind])
  const [corrected, setCorrected] = useState<ReadonlyMap<string, string>>(new Map())
  const [blank, setBlank] = useState('')
  const meaning = useMemo(() => {
    const words = found.flatMap(word => {
      const code = corrected.get(word) ?? read(word)
      return code ? [[word, code] as const] : []
    })
    return { words: new Map(words), blank: blank || undefined }
  }, [found, corrected, blank, read])
  useEffect(() => onChange(meaning), [meaning, onChange])
  const options = Object.entries(labels).map(([value, label]) => ({ value, label }))
  return (
    <Section title={title}>
      <div className="cc-file-columns">
        {found.slice(0, mostWords).map(word => (
          <SelectField
            key={word}
            name={`${kind}-${word}`}
            label={`« ${word.slice(0, 60)} »`}
            required
            placeholder="Pas reconnu : la ligne sera laissée de côté"
            value={meaning.words.get(word) ?? ''}
            onChange={value => setCorrected(new Map([...corrected, [word, value]]))}
            options={options}
          />
        ))}
        <SelectField
          name={`${kind}-blank`}
          label={blankLabel}
          required
          placeholder="La ligne sera laissée de côté"
          value={blank}
          onChange={setBlank}
          options={options}
        />
      </div>
    </Section>
  )
}
