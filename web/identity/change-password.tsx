import { changePassword } from '../../contract/passwords.ts'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { ApiProblem } from '../platform/problem.ts'
import { announce, Form, PasswordField } from '../ui/index.ts'
import { differ, NewPasswordFields, PasswordAdvice } from './new-password-fields.tsx'
import { inMinutes } from './password-words.ts'

export const ChangePassword = ({ onDone }: { onDone: () => void }) => (
  <Form
    submit="Changer"
    onCancel={onDone}
    explain={problem => (problem.code === 'password/wait' ? <p>{inMinutes(problem)}</p> : undefined)}
    onSubmit={async ({ current, next, again }) => {
      if (next !== again) throw new ApiProblem('request/malformed', 400, differ)
      const { sessionsEnded } = await call(changePassword, { body: { current: current!, next: next! } })
      announce(`Votre mot de passe est changé.${sessionsEnded ? ` ${formatCount(sessionsEnded, 'autre session a été fermée', 'autres sessions ont été fermées')}.` : ''}`)
      onDone()
    }}
  >
    <PasswordField name="current" label="Mot de passe actuel" autoComplete="current-password" />
    <NewPasswordFields />
    <PasswordAdvice />
  </Form>
)
