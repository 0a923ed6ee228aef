import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  mergeCorrespondents,
  unmergeCorrespondents,
} from '../../../contract/work-with-employers/correspondents/merging.ts'
import { call } from '../../platform/api.ts'
import { Button, Dialog, Form, RadioKeys, SelectField, toast } from '../../ui/index.ts'
import { bothOf, type Compared, comparedOf, differ, proposed, retainedOf } from './merging.ts'
import { correspondentsChanged, correspondentsQuery } from './queries.ts'
import { type SourcedValue, sourceOf } from './sources.ts'
import { allLabels, type Correspondent, metWords, personName, valueWords } from './words.ts'

interface Props {
  /** Of the establishment whose card is read. */
  siret: string
  /** The card kept. */
  person: Correspondent
  /** The one proposed; else one chooses. */
  other?: Correspondent | undefined
  onClose: () => void
}

/** Two cards side by side: where they differ, one says which value stays. */
export const MergeCorrespondents = ({ siret, person, other: first, onClose }: Props) => {
  const { data } = useQuery(correspondentsQuery(siret))
  const [chosen, setChosen] = useState(first?.id ?? '')
  const others = (data?.items ?? []).filter(({ id }) => id !== person.id)
  const kept = data?.items.find(({ id }) => id === person.id) ?? person
  const other = others.find(({ id }) => id === chosen)
  const rows = other ? comparedOf(kept, other) : []
  return (
    <Dialog title={`Fusionner avec ${personName(person)}`} shape="side" onClose={onClose}>
      <p>
        Une seule fiche restera, avec ce que disent les deux. Les échanges qui nomment l’une ou l’autre mèneront à elle.
        Pendant trente jours, la fusion se défait : l’autre fiche revient telle qu’elle était.
      </p>
      <Form
        draft="choices"
        key={chosen}
        submit="Fusionner les deux fiches"
        onCancel={onClose}
        explain={problem =>
          problem.code === 'request/changed-meanwhile' ? (
            <>
              <p>Une des fiches a changé depuis : relisez-les.</p>
              <Button priority="secondary" onClick={() => void correspondentsChanged()}>
                Afficher les fiches à jour
              </Button>
            </>
          ) : undefined
        }
        onSubmit={async (sent, { idempotencyKey }) => {
          if (!other) return
          const merged = await call(mergeCorrespondents, {
            params: { correspondentId: kept.id },
            body: { absorbedId: other.id, absorbedVersion: other.version, retained: retainedOf(rows, sent) },
            ifMatch: kept.version,
            idempotencyKey,
          })
          await correspondentsChanged()
          onClose()
          told(merged)
        }}
      >
        {!first && (
          <SelectField
            name="other"
            label="L’autre fiche de cette personne"
            required
            placeholder="Choisir une fiche"
            options={others.map(one => ({ value: one.id, label: metWords(one) || personName(one) }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
        {other && <SideBySide rows={rows} />}
      </Form>
    </Dialog>
  )
}

const told = (merged: Correspondent) => {
  const merge = merged.merged.at(-1)
  toast(
    `Fiches fusionnées : ${personName(merged)}.`,
    merge && {
      run: async () => {
        await call(unmergeCorrespondents, {
          params: { correspondentId: merged.id },
          body: { mergeId: merge.id },
          ifMatch: merged.version,
        })
        await correspondentsChanged()
      },
      done: 'Fusion défaite : les deux fiches sont de nouveau là.',
    },
  )
}

const SideBySide = ({ rows }: { rows: readonly Compared[] }) => {
  const alike = rows.filter(row => !differ(row))
  return (
    <div className="cc-merge">
      {rows.filter(differ).map(row => (
        <RadioKeys
          key={row.field}
          name={row.field}
          label={allLabels[row.field]}
          required
          defaultValue={proposed(row)}
          options={[...optionsOf(row), { value: bothOf, label: 'Garder les deux, côte à côte' }]}
        />
      ))}
      {alike.length > 0 && (
        <>
          <h3 className="fr-text--md fr-mb-1w">Repris tel quel</h3>
          <ul className="fr-raw-list">
            {alike.map(({ field, kept, absorbed }) => (
              <li key={field}>
                {allLabels[field]} :{' '}
                {[...new Set([...kept, ...absorbed].map(v => valueWords(field, v.value)))].join(' ou ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="fr-text--sm fr-mt-2w">Ce qui n’est pas retenu reste dans l’historique de la fiche.</p>
    </div>
  )
}

const optionsOf = ({ field, kept, absorbed }: Compared) => {
  const option = (where: string) => (value: SourcedValue) => ({
    value: value.id,
    label: valueWords(field, value.value),
    hint: `${where}, ${sourceOf(value)}`,
  })
  const repeated = ({ value }: SourcedValue) => kept.some(other => other.value === value)
  return [...kept.map(option('Fiche gardée')), ...absorbed.filter(value => !repeated(value)).map(option('Autre fiche'))]
}
