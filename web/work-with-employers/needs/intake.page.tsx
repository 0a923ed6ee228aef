import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type JobField,
  jobFields,
  needAdvice,
  needKinds,
  sayNeedIntake,
} from '../../../contract/work-with-employers/needs.ts'
import { PageIfOpen } from '../../agreement/tools/if-open.tsx'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { announce, CheckboxGroup, Empty, Facts, Form, Loaded, Page, TextArea } from '../../ui/index.ts'
import { jobFieldWords } from './intake-words.ts'
import { intakeQuery } from './queries.ts'
import { adviceWords, kindWords } from './words.ts'

type Advice = (typeof needAdvice)[number]
type Kind = (typeof needKinds)[number]
type Reply = Awaited<ReturnType<NonNullable<typeof intakeQuery.queryFn>>>
type Said = NonNullable<Reply['said']>

/** Which needs one's structure takes: the others see it when they choose whom to propose one to. */
const Intake = () => {
  const query = useQuery(intakeQuery)
  return (
    <Page
      title="Ce que prend ma structure"
      lead="Les besoins que votre structure peut prendre en charge. Les autres structures le voient quand elles cherchent à qui en proposer un ; toutes restent proposées."
      breadcrumb={[{ label: 'Besoins', href: '/besoins' }]}
    >
      <Loaded query={query} lines={6}>
        {intake => (intake.allowed.includes('say') ? <Saying intake={intake} /> : <Read said={intake.said} />)}
      </Loaded>
    </Page>
  )
}

const Saying = ({ intake: { said, version } }: { intake: Reply }) => {
  const [kinds, setKinds] = useState<readonly string[]>(said?.kinds ?? [])
  const [advice, setAdvice] = useState<readonly string[]>(said?.advice ?? [])
  const [jobs, setJobs] = useState<readonly string[]>(said?.jobs ?? [])
  const [tried, setTried] = useState(false)
  const fault = kinds.length === 0 ? 'Cochez au moins un type de besoin.' : undefined
  return (
    <Form
      draft={{ name: 'need-intake', version }}
      submit="Enregistrer"
      done="C’est enregistré : les autres structures le voient."
      onSubmit={async ({ publics = '' }, { idempotencyKey }) => {
        setTried(true)
        if (fault) {
          announce(fault)
          return false
        }
        const body = {
          kinds: kinds as Kind[],
          advice: kinds.includes('conseil') ? (advice as Advice[]) : [],
          jobs: jobs as JobField[],
          publics: publics.trim() || null,
        }
        queryClient.setQueryData(
          intakeQuery.queryKey,
          await call(sayNeedIntake, { body, ifMatch: version, idempotencyKey }),
        )
        return undefined
      }}
    >
      <CheckboxGroup
        name="kinds"
        label="Types de besoin"
        value={kinds}
        onChange={setKinds}
        options={needKinds.map(value => ({ value, label: kindWords[value] }))}
        {...(tried && fault ? { error: fault } : {})}
      />
      {kinds.includes('conseil') && (
        <CheckboxGroup
          name="advice"
          label="Sujets de conseil"
          hint="Aucun coché : tous"
          value={advice}
          onChange={setAdvice}
          options={needAdvice.map(value => ({ value, label: adviceWords[value] }))}
        />
      )}
      <CheckboxGroup
        name="jobs"
        label="Métiers"
        hint="Aucun coché : tous"
        value={jobs}
        onChange={setJobs}
        options={jobFields.map(value => ({ value, label: jobFieldWords[value] }))}
      />
      <TextArea
        name="publics"
        label="Publics que vous accompagnez"
        hint="Montré tel quel aux autres structures ; par exemple « jeunes de 16 à 25 ans »"
        maxLength={200}
        rows={2}
        defaultValue={said?.publics ?? ''}
      />
    </Form>
  )
}

const list = (words: readonly string[]) => (words.length ? words.join(', ') : 'tous')
const Read = ({ said }: { said: Said | null }) =>
  said ? (
    <Facts
      items={[
        ['Types de besoin', list(said.kinds.map(kind => kindWords[kind]))],
        ...(said.kinds.includes('conseil')
          ? ([['Sujets de conseil', list(said.advice.map(subject => adviceWords[subject]))]] as const)
          : []),
        ['Métiers', list(said.jobs.map(job => jobFieldWords[job]))],
        ...(said.publics ? ([['Publics accompagnés', said.publics]] as const) : []),
      ]}
    />
  ) : (
    <Empty title="Votre structure n’a rien dit encore">
      Ses responsables et ses pilotes de Campagnes coordonnées le disent ici.
    </Empty>
  )

export default function IntakePage() {
  return (
    <PageIfOpen category="besoins" title="Ce que prend ma structure">
      <Intake />
    </PageIfOpen>
  )
}
