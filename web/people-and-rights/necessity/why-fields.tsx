import { useState } from 'react'
import { grounds } from '../../../contract/people-and-rights/necessity.ts'
import { RadioKeys, TextArea, TextField } from '../../ui/index.ts'
import { groundWords } from './words.ts'

const long = (value: string) => (value.trim().length < 10 ? 'Dix caractères au moins.' : undefined)

/** Which of the two cases of the convention, and in words (ACC-10). `settled`: the case that needs no choice. */
export const WhyFields = ({ settled }: { settled?: 'necessity' | undefined }) => {
  const [ground, setGround] = useState<string>(settled ?? '')
  return (
    <>
      {!settled && (
        <RadioKeys
          name="ground"
          label="Cas d’exception"
          required
          value={ground}
          onChange={setGround}
          options={grounds.map(value => ({ value, label: groundWords[value] }))}
        />
      )}
      {ground === 'incident' && (
        <TextField name="incident" label="Référence de l’incident" required maxLength={100} width="medium" />
      )}
      <TextArea
        name="reason"
        label="Motif"
        hint="La structure et la personne le liront"
        required
        maxLength={300}
        rows={3}
        check={long}
      />
    </>
  )
}
export const whyOf = (values: Readonly<Record<string, string | undefined>>, settled?: 'necessity') => ({
  ground: settled ?? (values.ground as 'incident'),
  reason: values.reason!,
  ...(values.incident && !settled ? { incident: values.incident } : {}),
})
