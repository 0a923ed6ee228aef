import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { proposeNeed } from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { announce, CheckboxGroup, Dialog, Form, Loaded, TextArea, toast } from '../../ui/index.ts'
import { placedWords } from './intake-words.ts'
import { type Need, type NeedRecipient, needsChanged, recipientsQuery } from './queries.ts'

const faultOf = (chosen: readonly string[]) =>
  chosen.length === 0
    ? 'Cochez au moins une structure.'
    : chosen.length > 10
      ? 'Cochez dix structures au plus.'
      : undefined

/** Offers a need to one or several structures: the first that takes it has it. */
export const ProposeNeedDialog = ({ need, onClose }: { need: Need; onClose: () => void }) => {
  const query = useQuery(recipientsQuery(need.id))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const fault = faultOf(chosen)
  return (
    <Dialog title="Proposer ce besoin" onClose={onClose}>
      <Loaded
        query={query}
        lines={4}
        empty={({ items }) =>
          items.length === 0 && <p>Aucune autre structure n’a de personne habilitée à travailler avec cet employeur.</p>
        }
      >
        {({ items }) => (
          <>
            <Asked items={items.filter(({ why }) => why !== null)} />
            {items.every(({ why }) => why !== null) ? (
              <p>Il n’y a pas d’autre structure à qui proposer ce besoin aujourd’hui.</p>
            ) : (
              <Form
                draft={{ name: 'need-proposal', about: need.id }}
                submit="Proposer"
                onCancel={onClose}
                onSubmit={async ({ words = '' }, { idempotencyKey }) => {
                  setTried(true)
                  if (fault) {
                    announce(fault)
                    return false
                  }
                  const { items: made } = await call(proposeNeed, {
                    params: { needId: need.id },
                    body: { toOrganisationIds: [...chosen], words: words.trim() || null },
                    idempotencyKey,
                  })
                  await needsChanged()
                  onClose()
                  return toast(`Proposé à ${formatCount(made.length, 'structure')}.`)
                }}
              >
                <CheckboxGroup
                  name="toOrganisationIds"
                  label="Structures"
                  hint="Celles qui ont une personne habilitée avec cet employeur, la mieux placée d’abord ; dix au plus"
                  value={chosen}
                  onChange={setChosen}
                  options={items
                    .filter(({ why }) => why === null)
                    .map(one => ({
                      value: one.organisation.id,
                      label: one.organisation.name,
                      hint: placedWords(one) || undefined,
                    }))}
                  {...(tried && fault ? { error: fault } : {})}
                />
                <TextArea
                  name="words"
                  label="Ce qu’il faut leur dire"
                  hint="Elles liront le besoin et ces mots ; rien de ce que votre structure garde"
                  maxLength={500}
                  rows={3}
                />
                <p className="fr-text--sm">La première qui le prend l’a ; les autres en sont prévenues.</p>
              </Form>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

/** Those that are not asked now, and why. */
const Asked = ({ items }: { items: readonly NeedRecipient[] }) =>
  items.length === 0 ? null : (
    <ul className="fr-text--sm">
      {items.map(({ organisation, why, reason, at }) => (
        <li key={organisation.id}>
          {organisation.name} :{' '}
          {why === 'waiting'
            ? 'l’a déjà à prendre.'
            : `a décliné${at ? ` le ${formatDay(dayOf(at))}` : ''} (« ${reason ?? ''} »). Corrigez le besoin pour le lui proposer de nouveau.`}
        </li>
      ))}
    </ul>
  )
