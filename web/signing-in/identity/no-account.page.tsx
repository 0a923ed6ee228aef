import { signInAddress } from '../../platform/session.ts'
import { Button, ButtonRow, Page, Section } from '../../ui/index.ts'

export default function NoAccountPage() {
  return (
    <Page
      title="Aucun compte ne vous est ouvert"
      width="narrow"
      lead="ProConnect vous a bien reconnu, mais votre structure ne vous a pas ouvert de compte dans cet outil, ou ne l’a pas fait avec cette adresse électronique."
    >
      <Section title="À qui s’adresser">
        <p>
          Le <strong>responsable de gestion de comptes (RGC)</strong> de votre structure ouvre les comptes et donne les
          habilitations. Indiquez-lui :
        </p>
        <ul>
          <li>l’adresse électronique professionnelle que vous utilisez avec ProConnect ;</li>
          <li>le numéro SIRET de votre structure ;</li>
          <li>ce que vous devez faire dans l’outil.</li>
        </ul>
        <p>
          Vous ne savez pas qui est votre RGC ? Votre responsable hiérarchique ou le correspondant SI de votre structure
          le sait. Si votre structure n’a pas encore signé la convention, elle doit d’abord le faire avec la direction
          régionale de France Travail, qui ouvre le compte de son signataire.
        </p>
      </Section>
      <ButtonRow>
        <Button href={signInAddress('/')} priority="secondary">
          Se connecter avec un autre compte
        </Button>
      </ButtonRow>
    </Page>
  )
}
