import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ofName, ofStructure, theStructure, toStructure } from '../../../contract/names-in-french.ts'
import { editTaskForce } from '../../../contract/territory-and-register/territories.ts'
import { call } from '../../platform/api.ts'
import { formatInstant, formatList } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import {
  Badge,
  Button,
  type Choice,
  Columns,
  Dialog,
  Difference,
  Empty,
  Form,
  Link,
  Notice,
  Refused,
  Section,
  Skeleton,
} from '../../ui/index.ts'
import { ActivitiesField, activityName } from './activities-field.tsx'
import { OrganisationField, OrganisationsField } from './organisation-field.tsx'
import { type TaskForce, taskForceQuery } from './task-force-query.ts'
import { organisationChoice } from './words.ts'

/** The task force of a CLPE: who is in it, who pilots it, the sectors it holds sensitive. */
export const TaskForceSection = ({ territoryId }: { territoryId: number }) => {
  const query = useQuery(taskForceQuery(territoryId))
  const [editing, setEditing] = useState(false)
  const mayEdit = !!query.data?.allowed.includes('edit')
  useShortcut('edit', () => setEditing(true), { enabled: mayEdit && !editing })
  const force = query.data
  return (
    <Section
      title="Task force entreprises"
      {...(mayEdit
        ? {
            actions: (
              <Button size="small" priority="secondary" shortcut="e" onClick={() => setEditing(true)}>
                Modifier
              </Button>
            ),
          }
        : {})}
    >
      {query.isError &&
        (asProblem(query.error).code === 'not-found' ? (
          <Empty title="Pas de task force connue sur ce territoire">
            Quand le comité local pour l’emploi en réunit une, ses membres, son pilote et ses secteurs sensibles sont
            indiqués ici. Adressez-vous à la direction territoriale de France Travail.
          </Empty>
        ) : (
          <Refused problem={query.error} retry={() => void query.refetch()} />
        ))}
      {!force && !query.isError && <Skeleton lines={4} />}
      {force && (
        <>
          <Columns>
            <div>
              <h3 className="fr-h6 fr-mb-1w">Structures membres</h3>
              <ul className="cc-ruled-list">
                {[...force.members]
                  .sort(
                    (one, other) =>
                      Number(other.id === force.pilot.id) - Number(one.id === force.pilot.id) ||
                      one.name.localeCompare(other.name, 'fr'),
                  )
                  .map(member => (
                    <li key={member.id}>
                      {member.name} {member.id === force.pilot.id && <Badge tone="info">pilote</Badge>}
                    </li>
                  ))}
              </ul>
            </div>
            <div>
              <h3 className="fr-h6 fr-mb-1w">Secteurs sensibles</h3>
              {force.sensitiveSectors.length ? (
                <ul className="cc-ruled-list">
                  {force.sensitiveSectors.map(({ division, label }) => (
                    <li key={division}>
                      {label} <span className="fr-hint-text">division {division}</span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="fr-text--sm">Aucun secteur n’a été signalé.</p>
              )}
            </div>
          </Columns>
          {force.left && (
            <div className="fr-mt-2w">
              <Left force={force} />
            </div>
          )}
          {!mayEdit && !force.left && (
            <p className="fr-text--sm fr-mt-2w fr-mb-0">
              Seuls les pilotes {ofStructure(force.pilot.name)} modifient la task force : adressez-vous à eux.
            </p>
          )}
          <Handovers handovers={force.handovers} />
          {editing && <EditTaskForce force={force} onClose={() => setEditing(false)} />}
        </>
      )}
    </Section>
  )
}

/** Its pilot's convention is over: who can take it over, and where. */
const Left = ({ force: { pilot, allowed } }: { force: TaskForce }) => (
  <Notice tone="warning" title="Cette task force n’a plus de pilote">
    La convention {ofStructure(pilot.name)} a pris fin.{' '}
    {allowed.includes('take-over') ? (
      <Link href="/travail-a-reprendre">Reprendre son pilotage</Link>
    ) : (
      'Un pilote d’une autre structure membre peut la reprendre, dans « Travail à reprendre » : adressez-vous à lui ou, à défaut, à la direction territoriale de France Travail.'
    )}
  </Notice>
)

const handoverWords: Record<TaskForce['handovers'][number]['kind'], (pilot: string, former: string) => string> = {
  'handed-over': (pilot, former) => `confié ${toStructure(pilot)} par ${theStructure(former)}`,
  'taken-over': (pilot, former) =>
    `repris par ${theStructure(pilot)}, la convention ${ofStructure(former)} ayant pris fin`,
  entrusted: (pilot, former) =>
    `confié ${toStructure(pilot)} par France Travail, plus personne ne pouvant piloter pour ${theStructure(former)}`,
}
/** How its piloting passed, for its members. */
const Handovers = ({ handovers }: Pick<TaskForce, 'handovers'>) =>
  handovers.length > 0 && (
    <>
      <h3 className="fr-h6 fr-mt-2w fr-mb-1w">Pilotage</h3>
      <ul className="cc-ruled-list">
        {handovers.map(({ at, kind, former, pilot }) => (
          <li key={at}>
            {formatInstant(at)} : {handoverWords[kind](pilot.name, former.name)}
          </li>
        ))}
      </ul>
    </>
  )

type Written = { pilot: Choice | null; members: readonly { id: string; name: string }[]; sectors: readonly string[] }
const written = ({ pilot, members, sensitiveSectors }: TaskForce): Written => ({
  pilot: organisationChoice(pilot),
  members: members.filter(({ id }) => id !== pilot.id),
  sectors: sensitiveSectors.map(({ division }) => division),
})
const inWords = ({ pilot, members, sectors }: Written) => ({
  pilot: pilot?.label ?? '',
  members: formatList(members.map(({ name }) => name).sort(new Intl.Collator('fr').compare)),
  sectors: [...sectors].sort().map(activityName).join(', '),
})

const EditTaskForce = ({ force, onClose }: { force: TaskForce; onClose: () => void }) => {
  const queries = useQueryClient()
  const [mine, setMine] = useState(() => written(force))
  const version = useRef(force.version)
  const keep = (current: TaskForce) => queries.setQueryData(taskForceQuery(force.clpe.id).queryKey, current)
  return (
    <Dialog title={`Task force ${ofName(force.clpe.name)}`} shape="side" onClose={onClose}>
      <Form
        draft="choices"
        submit="Enregistrer"
        sticky
        done="La task force est enregistrée."
        onCancel={onClose}
        onSubmit={async (_values, { idempotencyKey }) => {
          keep(
            await call(editTaskForce, {
              params: { territoryId: force.clpe.id },
              ifMatch: version.current,
              idempotencyKey,
              body: {
                pilotId: mine.pilot!.value,
                memberIds: mine.members.map(({ id }) => id),
                sensitiveSectors: [...mine.sectors],
              },
            }),
          )
          onClose()
        }}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as TaskForce
          const [me, them] = [inWords(mine), inWords(written(current))]
          return (
            <Difference
              rows={[
                { label: 'Pilote', mine: me.pilot, theirs: them.pilot },
                { label: 'Membres', mine: me.members, theirs: them.members },
                { label: 'Secteurs sensibles', mine: me.sectors, theirs: them.sectors },
              ]}
              onKeepMine={() => {
                version.current = current.version
              }}
              onTakeTheirs={() => {
                keep(current)
                onClose()
              }}
            />
          )
        }}
      >
        <OrganisationField
          name="pilotId"
          label="Structure pilote"
          hint="Elle coordonne la task force et en est membre"
          required
          value={mine.pilot}
          onChange={pilot => setMine({ ...mine, pilot })}
        />
        <OrganisationsField
          name="memberIds"
          label="Autres structures membres"
          value={mine.members}
          onChange={members => setMine({ ...mine, members })}
          without={mine.pilot ? [mine.pilot.value] : []}
        />
        <ActivitiesField
          label="Secteurs sensibles"
          hint="Par division d’activité"
          divisionsOnly
          value={mine.sectors}
          onChange={sectors => setMine({ ...mine, sectors })}
        />
      </Form>
    </Dialog>
  )
}
