/** Who is signed in, and for whom they act. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { callApi, watchSessionEnd } from './api/client'
import type { ActingChoice, Session } from './api/types'
import { setServerNow } from './composables/serverClock'
import { hasChosenLanguage, showLanguage } from './i18n'

/** `ended`: signed in before; the page behind stays as it is until somebody signs in again. */
export type SessionState = 'loading' | 'signed-in' | 'signed-out' | 'ended' | 'unreachable'

export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('loading')
  const session = shallowRef<Session | null>(null)
  /** Changes when somebody else signs in or another agency or branch is acted for: what was open is another's. */
  const workplace = computed(() => {
    const one = session.value
    return one && [one.person.subject, one.agency?.code, one.branch?.code].join('/')
  })

  async function accept(answer: Session): Promise<void> {
    setServerNow(answer.server_now)
    session.value = answer
    if (!hasChosenLanguage()) await showLanguage(answer.person.language)
    state.value = 'signed-in'
  }

  async function load(): Promise<void> {
    state.value = 'loading'
    try {
      const answer = await callApi<Session | undefined>('/session')
      // Nobody signed in is no fault but an empty answer, which browsers do not log as an error.
      if (answer) await accept(answer)
      else state.value = 'signed-out'
    } catch {
      state.value = 'unreachable'
    }
  }

  /** Throws a problem if it is refused. */
  async function signIn(email: string, passPhrase: string): Promise<void> {
    await accept(await callApi<Session>('/session', { method: 'POST', body: { email, pass_phrase: passPhrase } }))
  }

  async function actFor(choice: ActingChoice): Promise<void> {
    const body = { agency_code: choice.agency_code, branch_code: choice.branch_code }
    await accept(await callApi<Session>('/session/acting', { method: 'PUT', body }))
  }

  async function signOut(): Promise<void> {
    await callApi('/session', { method: 'DELETE' })
    session.value = null
    state.value = 'signed-out'
  }

  function can(permission: string): boolean {
    return session.value?.permissions.includes(permission) ?? false
  }

  watchSessionEnd(() => {
    if (state.value === 'signed-in') state.value = 'ended'
  })

  return { state, session, workplace, load, signIn, actFor, signOut, can }
})
