import { useLayoutEffect, useRef, useState } from 'react'
import { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { formatSiret } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { Button, ButtonRow, type Choice, Combobox, Facts, RadioKeys } from '../../ui/index.ts'
import type { Row } from './words.ts'

const ignore = 'ignore'
const other = 'other'

const find = async (words: string, signal: AbortSignal): Promise<Choice[]> => {
  if (words.trim().length < 2) return []
  const { items } = await call(searchEstablishments, { query: { q: words, limit: 10 }, signal })
  return items.map(line => ({
    value: line.siret,
    label: lineName(line),
    hint: [townWords(line.town), formatSiret(line.siret)].filter(Boolean).join(' · '),
  }))
}

/** One row and those whom it may mean: a figure chooses, Enter goes on to the next. */
export const ReviewRow = ({
  row,
  focus,
  busy,
  onChoose,
}: {
  row: Row
  /** One comes from another row: the answers take the focus. */
  focus: boolean
  busy: boolean
  onChoose: (siret: string | null) => void
}) => {
  const [value, setValue] = useState(row.candidates.length ? '' : other)
  const [sought, setSought] = useState<Choice | null>(null)
  const [error, setError] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    if (focus) form.current?.querySelector('input')?.focus()
  }, [focus])
  const options = [
    ...row.candidates.map(({ establishment, address }) => ({
      value: establishment.siret,
      label: lineName(establishment),
      hint: [
        address ?? townWords(establishment.town),
        formatSiret(establishment.siret),
        !establishment.active && 'fermé',
      ]
        .filter(Boolean)
        .join(' · '),
    })),
    { value: other, label: 'Un autre établissement', hint: 'À chercher par son nom, sa commune ou son SIRET' },
    { value: ignore, label: 'Aucun : ignorer cette ligne' },
  ]
  const go = () => {
    const siret = value === other ? sought?.value : value
    if (!siret)
      return setError(value === other ? 'Cherchez l’établissement, ou ignorez la ligne.' : 'Choisissez une réponse.')
    setError(undefined)
    onChoose(siret === ignore ? null : siret)
  }
  return (
    <form
      ref={form}
      className="cc-form"
      onSubmit={event => {
        event.preventDefault()
        go()
      }}
    >
      <Facts
        items={[
          ['Ligne du fichier', row.line],
          ['Nom', row.name],
          row.address !== null && ['Adresse', row.address],
          row.siret !== null && ['SIRET écrit', row.siret],
        ]}
      />
      <RadioKeys
        name="siret"
        label="Quel établissement est-ce ?"
        required
        layout="column"
        value={value}
        onChange={setValue}
        options={options}
        {...(error ? { error } : {})}
      />
      {value === other && (
        <Combobox
          name="other"
          label="Établissement"
          required
          value={sought}
          onChange={setSought}
          find={find}
          findKey={['employer-file']}
        />
      )}
      <ButtonRow>
        <Button type="submit" busy={busy}>
          Valider et passer à la suivante
        </Button>
      </ButtonRow>
    </form>
  )
}
