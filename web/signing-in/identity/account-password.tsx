import { useState } from 'react'
import { Button, Dialog, Section } from '../../ui/index.ts'
import { ChangePassword } from './change-password.tsx'

export const Password = () => {
  const [changing, setChanging] = useState(false)
  return (
    <Section title="Mot de passe">
      <p>Votre compte a un mot de passe. Il ne se change que s’il a pu être vu ou deviné ; il n’expire pas.</p>
      <Button size="small" priority="secondary" onClick={() => setChanging(true)}>
        Changer mon mot de passe
      </Button>
      {changing && (
        <Dialog title="Changer mon mot de passe" onClose={() => setChanging(false)}>
          <ChangePassword onDone={() => setChanging(false)} />
        </Dialog>
      )}
    </Section>
  )
}
