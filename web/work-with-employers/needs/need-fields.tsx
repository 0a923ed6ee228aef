import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hiringKinds, needAdvice, needContracts, needKinds } from '../../../contract/work-with-employers/needs.ts'
import {
  type Choice,
  Combobox,
  DateField,
  Notice,
  RadioKeys,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { correspondentsQuery } from '../correspondents/queries.ts'
import { metWords } from '../correspondents/words.ts'
import { findJobs, type Need, type NeedInput } from './queries.ts'
import { adviceWords, contractWords, kindWords } from './words.ts'

const optionsOf = <V extends string>(values: readonly V[], words: Record<V, string>) =>
  values.map(value => ({ value, label: words[value] }))
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** As typed; what a kind does not ask is left out by the server. */
export const inputOf = (typed: Readonly<Record<string, string>>): NeedInput => {
  const text = (name: string) => typed[name]?.trim() || null
  const number = (name: string) => (text(name) === null ? null : Number(text(name)!.replace(',', '.')))
  return {
    kind: typed['kind'] as NeedInput['kind'],
    advice: text('advice') as NonNullable<NeedInput['advice']> | null,
    jobCode: text('jobCode'),
    jobLabel: text('jobLabel'),
    posts: number('posts'),
    contract: text('contract') as NonNullable<NeedInput['contract']> | null,
    startsOn: text('startsOn'),
    weeklyHours: number('weeklyHours'),
    wage: text('wage'),
    skills: text('skills'),
    place: text('place'),
    notes: text('notes'),
    correspondentId: text('correspondentId'),
    visibility: typed['visibility'] === 'organisation' ? 'organisation' : 'reseau',
  }
}

/** What is asked of a need, noted or corrected. */
export const NeedFields = ({ siret, start }: { siret: string; start?: Need }) => {
  const [kind, setKind] = useState<string>(start?.kind ?? 'recrutement')
  const hires = (hiringKinds as readonly string[]).includes(kind)
  return (
    <>
      <SelectField
        name="kind"
        label="Nature du besoin"
        required
        placeholder="Choisir"
        value={kind}
        onChange={setKind}
        options={optionsOf(needKinds, kindWords)}
      />
      {kind === 'conseil' && (
        <SelectField
          name="advice"
          label="Sujet du conseil"
          required
          placeholder="Choisir"
          defaultValue={start?.advice ?? ''}
          options={needAdvice.map(value => ({ value, label: capital(adviceWords[value]) }))}
        />
      )}
      {kind !== 'conseil' && kind !== 'autre' && (
        <JobFields required={kind === 'recrutement'} {...(start ? { start } : {})} />
      )}
      {hires && (
        <TextField
          name="posts"
          label="Nombre de postes"
          type="number"
          inputMode="numeric"
          width="short"
          min={1}
          max={999}
          required
          defaultValue={String(start?.posts ?? 1)}
        />
      )}
      {hires && <TermsFields {...(start ? { start } : {})} />}
      <TextField
        name="place"
        label="Lieu et accès"
        hint="Si ce n’est pas l’adresse de l’établissement : bus, horaires, permis"
        maxLength={300}
        defaultValue={start?.place ?? ''}
      />
      <CorrespondentField siret={siret} start={start?.correspondent ?? null} />
      <TextArea name="notes" label="Ce qu’il faut savoir" maxLength={2000} rows={3} defaultValue={start?.notes ?? ''} />
      <Notice tone="info">
        N’écrivez jamais le nom d’un candidat : ce qui est suivi ici est le besoin de l’employeur, pas les personnes.
      </Notice>
      <RadioKeys
        name="visibility"
        label="Visible par"
        layout="column"
        defaultValue={start?.visibility ?? 'reseau'}
        options={[
          { value: 'reseau', label: 'Le réseau', hint: 'Qui lit la fiche de cet employeur' },
          {
            value: 'organisation',
            label: 'Ma structure',
            hint: 'Et les structures à qui vous le proposez, sans « ce qu’il faut savoir »',
          },
        ]}
      />
    </>
  )
}

/** Chosen in the list, or said with one’s own words; a recruitment needs one of both. */
const JobFields = ({ start, required }: { start?: Need; required: boolean }) => {
  const known = start?.job?.code ? { value: start.job.code, label: start.job.label } : null
  const [job, setJob] = useState<Choice | null>(known)
  return (
    <>
      <Combobox
        name="jobCode"
        label="Métier"
        hint="Les premières lettres du métier : appellations du ROME"
        value={job}
        onChange={setJob}
        find={findJobs}
        findKey={['job-titles']}
      />
      {!job && (
        <TextField
          name="jobLabel"
          label="Ou le métier avec vos mots"
          hint="Si la liste ne l’a pas"
          required={required}
          maxLength={250}
          defaultValue={start?.job && !start.job.code ? start.job.label : ''}
        />
      )}
    </>
  )
}

const TermsFields = ({ start }: { start?: Need }) => (
  <>
    <SelectField
      name="contract"
      label="Contrat"
      placeholder="Pas dit"
      defaultValue={start?.contract ?? ''}
      options={optionsOf(needContracts, contractWords).map(one => ({ ...one, label: capital(one.label) }))}
    />
    <DateField name="startsOn" label="À partir du" defaultValue={start?.startsOn ?? ''} />
    <TextField
      name="weeklyHours"
      label="Heures par semaine"
      type="number"
      inputMode="decimal"
      width="short"
      min={1}
      max={60}
      defaultValue={start?.weeklyHours == null ? '' : String(start.weeklyHours)}
    />
    <TextField name="wage" label="Salaire, s’il est dit" maxLength={100} defaultValue={start?.wage ?? ''} />
    <TextField name="skills" label="Compétences attendues" maxLength={500} defaultValue={start?.skills ?? ''} />
  </>
)

const CorrespondentField = ({ siret, start }: { siret: string; start: Need['correspondent'] }) => {
  const { data } = useQuery(correspondentsQuery(siret))
  const known = data?.items.filter(person => !person.retired).map(person => ({ id: person.id, name: metWords(person) }))
  // Until they are read, the need keeps who it names.
  const people = (known ?? (start ? [start] : [])).filter(({ name }) => name)
  if (!people.length) return null
  return (
    <SelectField
      key={known?.length ?? 'unread'}
      name="correspondentId"
      label="Interlocuteur"
      placeholder="Aucun en particulier"
      defaultValue={start?.id ?? ''}
      options={people.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
