import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { choosePassword, passwordLink } from '../../../contract/signing-in/passwords.ts'
import { ask } from '../../platform/api.ts'
import { useLinkToken } from '../../platform/link-token.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Button, ButtonRow, Columns, Form, Loaded, Page, TextField } from '../../ui/index.ts'
import { differ, NewPasswordFields, PasswordAdvice } from './new-password-fields.tsx'

export default function ChoosePasswordPage() {
  const token = useLinkToken()
  const [chosen, setChosen] = useState(false)
  const link = useQuery({
    queryKey: ['password-link'],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) =>
      token
        ? ask(passwordLink, { token }, { signal })
        : Promise.reject(
            new ApiProblem('password/link-over', 409, {
              title: 'Lien incomplet',
              detail:
                'Ouvrez le lien en entier, tel qu’il vous a été envoyé. S’il ne sert plus, demandez-en un autre à qui vous l’a envoyé : le responsable de gestion de comptes (RGC) de votre structure, ou l’opérateur si elle n’en a pas.',
            }),
          ),
  })
  if (chosen)
    return (
      <Page
        title="Mot de passe enregistré"
        width="narrow"
        lead="Connectez-vous maintenant avec lui. Votre second facteur vous sera demandé ensuite."
      >
        <ButtonRow>
          <Button href="/connexion/mot-de-passe">Se connecter</Button>
        </ButtonRow>
      </Page>
    )
  return (
    <Page
      title="Choisir mon mot de passe"
      lead="Vous seul le connaîtrez : il n’est gardé que sous une forme qui ne permet pas de le retrouver."
    >
      <Loaded query={link} lines={6}>
        {({ code: coded }) => (
          <Columns shape="aside">
            <Form
              draft="secret"
              submit="Enregistrer mon mot de passe"
              onSubmit={async ({ code, next, again }) => {
                if (next !== again) throw new ApiProblem('request/malformed', 400, differ)
                await ask(choosePassword, { token, password: next!, ...(coded ? { code: code!.trim() } : {}) })
                setChosen(true)
              }}
            >
              {coded && (
                <TextField
                  name="code"
                  label="Code remis de vive voix"
                  hint="Huit chiffres, donnés avec ce lien par qui vous l’a envoyé"
                  required
                  check={code => (/^(\d ?){8}$/.test(code.trim()) ? undefined : 'le code a huit chiffres.')}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={12}
                  width="short"
                />
              )}
              <NewPasswordFields />
            </Form>
            <PasswordAdvice />
          </Columns>
        )}
      </Loaded>
    </Page>
  )
}
