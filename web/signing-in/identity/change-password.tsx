import { useState } from 'react'
import { changePassword } from '../../../contract/signing-in/passwords.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { toast } from '../../platform/toast.ts'
import { Form, PasswordField } from '../../ui/index.ts'
import { differ, NewPasswordFields, PasswordAdvice } from '../passwords/new-password-fields.tsx'
import { inMinutes } from '../passwords/words.ts'
import { EndOthers, endedInWords } from './end-others.tsx'

export const ChangePassword = ({ onDone }: { onDone: () => void }) => {
  const [others, setOthers] = useState(true)
  return (
    <Form
      draft="secret"
      submit="Changer"
      onCancel={onDone}
      explain={problem => (problem.code === 'password/wait' ? <p>{inMinutes(problem)}</p> : undefined)}
      onSubmit={async ({ current, next, again }) => {
        if (next !== again) throw new ApiProblem('request/malformed', 400, differ)
        const { sessionsEnded } = await call(changePassword, { body: { current: current!, next: next! } })
        // Those that the old password opened are over whatever one says.
        const byPassword = sessionsEnded
          ? ` ${formatCount(sessionsEnded, 'session ouverte avec l’ancien a été fermée', 'sessions ouvertes avec l’ancien ont été fermées')}.`
          : ''
        toast(`Votre mot de passe est changé.${byPassword}${await endedInWords(others)}`)
        onDone()
      }}
    >
      <PasswordField name="current" label="Mot de passe actuel" autoComplete="current-password" />
      <NewPasswordFields />
      <EndOthers checked={others} onChange={setOthers} />
      <PasswordAdvice />
    </Form>
  )
}
