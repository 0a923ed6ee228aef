import { Notice } from '../../ui/index.ts'

/** Who helps, for oneself and for whoever may not. */
export const WhoHelps = ({ own, told }: { own: boolean; told: boolean }) => (
  <>
    {own && (
      <Notice>
        Pour vos propres facteurs, passez par « Mon compte ». S’ils sont perdus, une autre personne doit vous aider : le
        RGC de votre structure ou, si vous êtes RGC, le correspondant sécurité de l’opérateur (CSSI). Si elle n’a pas de
        RGC en fonction : son signataire ; pour le signataire lui-même, la direction régionale de l’opérateur ; pour les
        RGC nommés dans un acte d’engagement, le CSSI.
      </Notice>
    )}
    {!own && !told && (
      <Notice>
        Seul le responsable de gestion de comptes (RGC) de sa structure peut aider cette personne à se connecter ; pour
        un RGC, c’est le correspondant sécurité de l’opérateur (CSSI). Tant que la structure n’a pas de RGC en fonction,
        son signataire le peut, dans « Habilitations », ou le CSSI, par acte exceptionnel ; la direction régionale de
        l’opérateur aide le signataire lui-même, et le CSSI les RGC nommés dans un acte d’engagement.
      </Notice>
    )}
  </>
)

/** To the operator, who helps a first person of a structure (ACC-16). */
export const InTheirPlace = ({ name }: { name: string }) => (
  <Notice>
    Pour {name}, sa structure n’a pas de responsable de gestion de comptes (RGC) en fonction : vous aidez cette personne
    à sa place. Le motif est gardé au journal et dit à la structure. Ce droit prend fin dès qu’un RGC est en fonction.
  </Notice>
)
