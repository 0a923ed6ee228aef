import { openEnrolment } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { askMe, useMe } from '../../platform/session.ts'
import { Form, Page, TextField } from '../../ui/index.ts'

/** The code that is handed over by who manages the accounts or stands in, which opens enrolment once. */
export const CodeOfManager = () => {
  const hands = useMe().missing.find(({ code }) => code === 'second-factor/code')
  return (
    <Page
      title="Saisissez le code qui vous est remis"
      width="narrow"
      lead="Il ouvre, une seule fois, l’enregistrement de votre second facteur."
    >
      <Form
        draft="secret"
        submit="Continuer"
        onSubmit={async ({ code }) => {
          await call(openEnrolment, { body: { code: code!.trim() }, plain: true })
          await askMe()
        }}
      >
        <p>
          {hands?.whoActs} Si vous êtes RGC, c’est le correspondant sécurité de l’opérateur (CSSI). Il obtient le code
          sur votre fiche, par « Aider cette personne à se connecter » ; l’opérateur, par « Premières connexions ». Il
          n’est dans aucun courriel : ainsi, qui lirait vos messages n’entrerait pas à votre place.
        </p>
        <TextField
          name="code"
          label="Code remis de vive voix"
          hint="Huit chiffres"
          required
          check={code => (/^(\d ?){8}$/.test(code.trim()) ? undefined : 'le code a huit chiffres.')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          width="short"
        />
      </Form>
    </Page>
  )
}
