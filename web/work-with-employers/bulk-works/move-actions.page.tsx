import { useState } from 'react'
import type { Body } from '../../../contract/route.ts'
import { countMovedActions, mostDaysMoved } from '../../../contract/work-with-employers/bulk-works.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { Button, DateField, Page, RadioKeys, Section, TextField } from '../../ui/index.ts'
import { quickDays } from '../exchanges/values.ts'
import { Counting, useCounting } from './counting.tsx'
import { actionsOf, missingActions, useActions, WhichActions } from './which-actions.tsx'
import { formatSubjects } from './words.ts'
import '../campaigns/campaigns.css'
import '../sharing/sharing.css'

type How = 'to' | 'by'
const moveOf = (how: How, day: string, by: string): Body<typeof countMovedActions>['move'] | string => {
  if (how === 'to') return day ? { to: day } : 'Dites à quel jour.'
  const days = Number(by)
  return Number.isInteger(days) && days >= 1 && days <= mostDaysMoved
    ? { by: days }
    : `Dites un nombre de jours ouvrés, de 1 à ${mostDaysMoved}.`
}

/** One’s planned actions, moved together: chosen, counted, then done. */
export default function MoveActionsPage() {
  const [how, setHow] = useState<How>('to')
  const [day, setDay] = useState('')
  const [by, setBy] = useState('1')
  const counting = useCounting(
    (body: Body<typeof countMovedActions>) => call(countMovedActions, { body }),
    planned => `${formatSubjects('move-actions', planned)} à déplacer.`,
  )
  const { anew } = counting
  const actions = useActions(anew)
  const start = () => {
    const move = moveOf(how, day, by)
    counting.count(missingActions(actions) ?? (typeof move === 'string' ? move : { which: actionsOf(actions), move }))
  }
  const change = (set: (value: string) => void) => (value: string) => {
    set(value)
    anew()
  }
  return (
    <Page
      title="Déplacer des actions"
      breadcrumb={[{ label: 'Mon portefeuille', href: '/portefeuille' }]}
      lead="Ce qui changerait est compté avant que rien ne change."
      actions={
        <Button size="small" priority="tertiary" href="/mes-travaux">
          Mes travaux longs
        </Button>
      }
    >
      <WhichActions actions={actions} />
      <Section title="À quel jour">
        <RadioKeys
          name="how"
          label="Déplacement"
          required
          layout="column"
          value={how}
          onChange={value => {
            setHow(value === 'by' ? 'by' : 'to')
            anew()
          }}
          options={[
            { value: 'to', label: 'Toutes au même jour' },
            {
              value: 'by',
              label: 'D’un nombre de jours ouvrés',
              hint: 'Depuis le jour prévu, ou depuis aujourd’hui pour celles en retard ; ni week-end ni jour férié',
            },
          ]}
        />
        {how === 'to' ? (
          <DateField
            name="day"
            label="Nouveau jour"
            required
            min={today()}
            quick={quickDays(today())}
            value={day}
            onChange={change(setDay)}
          />
        ) : (
          <TextField
            name="by"
            label="Jours ouvrés"
            required
            inputMode="numeric"
            width="short"
            value={by}
            onChange={change(setBy)}
          />
        )}
        <p className="fr-text--sm">L’heure prévue est gardée. Pour un rendez-vous, prévenez aussi l’employeur.</p>
      </Section>
      <Counting act="move-actions" counting={counting} onCount={start} />
    </Page>
  )
}
