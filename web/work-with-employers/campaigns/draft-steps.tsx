import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { conflictScopes, purposes } from '../../../contract/work-with-employers/campaigns.ts'
import { formatList, formatTime, today } from '../../platform/format.ts'
import { offline } from '../../platform/problem.ts'
import { OrganisationsField } from '../../territory-and-register/territories/organisation-field.tsx'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import type { Organisation, TerritoryRef } from '../../territory-and-register/territories/words.ts'
import {
  announce,
  Button,
  Columns,
  DateField,
  Difference,
  Form,
  Notice,
  RadioKeys,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { delayRule, periodRule } from './draft.ts'
import { membersToPropose } from './from-task-force.ts'
import { GoalsField } from './goals-field.tsx'
import { LeadsField } from './leads-field.tsx'
import { nextOf, type StepId, stepAddress, steps } from './steps.ts'
import { TaskForceProposal } from './task-force-proposal.tsx'
import type { DraftState, Saving } from './use-draft.ts'
import { type Campaign, purposeWords, scopeWords } from './words.ts'

interface Props {
  state: DraftState
  pilot: Organisation
  /** The territories one pilots, proposed first. */
  piloted: readonly TerritoryRef[]
}

/** The first three steps of a preparation: one draft, saved as one types. */
export const DraftStep = ({
  step,
  state,
  onwards,
  ...props
}: Props & { step: 'objet' | 'equipe' | 'objectifs'; onwards: (campaign: Campaign, next: StepId) => void }) => {
  const { saving, flush } = state
  const at = steps.findIndex(({ id }) => id === step)
  const Fields = { objet: PurposeFields, equipe: TeamFields, objectifs: GoalFields }[step]
  return (
    <>
      <Saved saving={saving} state={state} />
      <Form
        draft="own"
        key={step}
        submit="Continuer"
        sticky
        beside={
          at > 0 &&
          state.campaign && (
            <Button href={stepAddress(state.campaign.id, steps[at - 1]!.id)} priority="tertiary">
              Étape précédente
            </Button>
          )
        }
        onSubmit={async () => {
          const next = nextOf(step)
          const result = await flush(next as Campaign['step'])
          if (result.kind === 'refused') throw result.problem
          if (result.kind === 'away') throw offline(true)
          if (result.kind === 'saved') onwards(result.campaign, next)
        }}
      >
        <Fields state={state} {...props} />
      </Form>
    </>
  )
}

const PurposeFields = ({ state: { draft, change, campaign }, piloted }: Props) => (
  <>
    <TextField
      name="name"
      label="Nom de la campagne"
      hint="Tel que les membres le liront, par exemple « Apprentissage dans le bâtiment »"
      required
      maxLength={120}
      value={draft.name}
      onChange={name => change({ name })}
    />
    <RadioKeys
      name="purpose"
      label="Objet"
      required
      layout="column"
      value={draft.purpose}
      onChange={purpose => change({ purpose: purpose as Campaign['purpose'] })}
      options={purposes.map(purpose => ({
        value: purpose,
        label: purposeWords[purpose].word,
        hint: purposeWords[purpose].hint,
      }))}
    />
    <TerritoryField
      name="territoryId"
      label="Territoire"
      hint={
        campaign?.counts.targets
          ? 'Les établissements choisis qui n’y sont plus quitteront la campagne'
          : 'Un comité local pour l’emploi (CLPE), une intercommunalité (EPCI), un département ou une région de votre périmètre'
      }
      required
      likely={piloted}
      value={draft.territory}
      onChange={territory => change({ territory })}
    />
    <Columns>
      <DateField
        name="startsOn"
        label="Début"
        required
        value={draft.startsOn}
        onChange={startsOn => change({ startsOn })}
      />
      <DateField
        name="endsOn"
        label="Fin"
        required
        min={today()}
        value={draft.endsOn}
        onChange={endsOn => change({ endsOn })}
        hint="Un an au plus après le début"
        check={end => (draft.startsOn ? periodRule(draft.startsOn, end) : undefined)}
      />
    </Columns>
    <TextArea
      name="description"
      label="Description"
      hint="Ce que l’on propose aux employeurs, et ce qu’il faut savoir avant de les appeler"
      maxLength={2000}
      rows={5}
      value={draft.description}
      onChange={description => change({ description })}
    />
  </>
)

const TeamFields = ({ state: { draft, change, campaign }, pilot }: Props) => (
  <>
    <OrganisationsField
      name="memberIds"
      label="Structures membres"
      hint={`En plus de la vôtre : ${pilot.name} pilote la campagne et en est toujours membre`}
      value={draft.members}
      without={[pilot.id]}
      // The leads of an organisation leave with it.
      onChange={members =>
        change({
          members,
          leads: draft.leads.filter(
            lead => lead.organisationId === pilot.id || members.some(({ id }) => id === lead.organisationId),
          ),
        })
      }
    />
    <TaskForceProposal
      territory={campaign?.territory}
      propose={force => {
        const members = membersToPropose(force, pilot, draft.members)
        return {
          says: 'réunit aussi',
          names: members.map(({ name }) => name),
          take: members.length === 1 ? 'Ajouter cette structure' : `Ajouter ces ${members.length} structures`,
          taken: 'Toutes les structures de la task force sont membres de la campagne.',
          onTake: () => change({ members: [...draft.members, ...members] }),
        }
      }}
    />
    <LeadsField
      campaign={campaign}
      organisations={[pilot, ...draft.members]}
      value={draft.leads}
      onChange={leads => change({ leads: [...leads] })}
    />
  </>
)

const GoalFields = ({ state: { draft, change } }: Props) => (
  <>
    <GoalsField value={draft.goals} onChange={goals => change({ goals })} />
    <TextField
      name="contactDelayDays"
      label="Délai entre deux sollicitations, en jours"
      hint="Un établissement que le réseau a contacté depuis moins longtemps vous sera signalé avant l’ouverture"
      required
      inputMode="numeric"
      width="short"
      check={delayRule}
      value={draft.contactDelayDays}
      onChange={contactDelayDays => change({ contactDelayDays })}
    />
    <RadioKeys
      name="conflictScope"
      label="Déjà suivi : ce qui compte"
      hint="Par entreprise, un employeur dont un autre établissement est tenu ou vient d’être contacté vous est signalé aussi"
      layout="column"
      required
      value={draft.conflictScope}
      onChange={scope => change({ conflictScope: scope as Campaign['conflictScope'] })}
      options={conflictScopes.map(value => ({ value, label: scopeWords[value] }))}
    />
  </>
)

/** Where the writing stands; what another person wrote meanwhile, field by field. */
const Saved = ({ saving, state }: { saving: Saving; state: DraftState }): ReactNode => {
  const box = useRef<HTMLDivElement>(null)
  const { kind } = saving
  useLayoutEffect(() => {
    if (kind === 'clash') box.current?.focus()
    if (kind === 'away') announce('Le réseau ne répond pas : votre saisie reste ici et sera enregistrée à son retour.')
  }, [kind])
  if (kind === 'clash')
    return (
      <div ref={box} tabIndex={-1} className="cc-outcome fr-mb-3w">
        <Notice tone="warning" title="Modifié par une autre personne">
          <Difference
            rows={saving.clashes}
            onKeepMine={() => state.settle('mine')}
            onTakeTheirs={() => state.settle('theirs')}
          />
        </Notice>
      </div>
    )
  return (
    <p className={`cc-saved fr-text--sm${['saved', 'saving', 'untouched'].includes(kind) ? '' : ' cc-saved--not'}`}>
      {wordsOf(saving, state)}
    </p>
  )
}

const wordsOf = (saving: Exclude<Saving, { kind: 'clash' }>, { draft }: DraftState) => {
  if (saving.kind === 'saved')
    return saving.at ? `Brouillon enregistré à ${formatTime(saving.at)}` : 'Brouillon enregistré'
  if (saving.kind === 'saving') return 'Enregistrement…'
  if (saving.kind === 'untouched')
    return 'Le brouillon s’enregistre tout seul, dès qu’il a un nom, un objet, un début et une fin.'
  if (saving.kind === 'missing') return `Pas encore enregistré : ${saving.what}.`
  if (saving.kind === 'away')
    return 'Le réseau ne répond pas. Votre saisie reste ici, et sera enregistrée à son retour.'
  const { accountIds } = (saving.problem.facts ?? {}) as { accountIds?: readonly string[] }
  const who = accountIds && formatList(draft.leads.filter(({ id }) => accountIds.includes(id)).map(({ name }) => name))
  return `Pas enregistré${who ? ` (${who})` : ''}. ${saving.problem.detail}`
}
