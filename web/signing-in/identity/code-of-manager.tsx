import { openEnrolment } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { askMe } from '../../platform/session.ts'
import { Form, Page, TextField } from '../../ui/index.ts'

/** The code that an account manager hands over, which opens enrolment once. */
export const CodeOfManager = () => {
  return (
    <Page
      title="Saisissez le code de votre RGC"
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
          Le responsable de gestion de comptes (RGC) de votre structure vous remet ce code de vive voix ; si vous êtes
          RGC, c’est le correspondant sécurité de l’opérateur (CSSI). Il le trouve sur votre page, par « Aider cette
          personne à se connecter ». Il n’est dans aucun courriel : ainsi, qui lirait vos messages n’entrerait pas à
          votre place.
        </p>
        <TextField
          name="code"
          label="Code remis par votre RGC"
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
