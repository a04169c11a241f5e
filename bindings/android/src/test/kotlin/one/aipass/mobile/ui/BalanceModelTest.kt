package one.aipass.mobile.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import one.aipass.mobile.AiPassClient
import one.aipass.mobile.AiPassException
import one.aipass.mobile.Balance
import one.aipass.mobile.BalanceUpdate
import one.aipass.mobile.SessionState
import one.aipass.mobile.testing.FakeAiPass
import one.aipass.mobile.testing.sample
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import java.math.BigDecimal

class BalanceModelTest {
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())
    private val ai = FakeAiPass(SessionState.SignedIn)
    private val model = BalanceModel(ai, scope)
    private val plenty = BalanceState.Plenty(BigDecimal(4))

    @After
    fun end() = scope.cancel()

    private fun balance(
        spent: String,
        budget: String?,
    ) = Balance.sample(BigDecimal(spent), budget?.let(::BigDecimal))

    private fun tell(
        spent: String,
        budget: String?,
        isEstimate: Boolean = false,
        errorCode: String? = null,
    ) = ai.tell(BalanceUpdate.sample(balance(spent, budget), isEstimate = isEstimate, errorCode = errorCode))

    private fun watch(model: BalanceModel): Job = scope.launch { model.state.collect {} }

    @Test
    fun `a balance is plenty, low, empty or without a limit`() {
        fun state(
            spent: String,
            budget: String?,
            isLow: Boolean = false,
        ) = BalanceState.of(BalanceUpdate.sample(balance(spent, budget), isLow = isLow))
        assertEquals(plenty, state("1", "5"))
        assertEquals(BalanceState.Low(BigDecimal("0.99")), state("4.01", "5", isLow = true))
        assertEquals(BalanceState.Empty, state("5", "5", isLow = true))
        assertEquals(BalanceState.Empty, state("6", "5.00"))
        assertEquals(BalanceState.Unlimited, state("6", null))
        assertEquals(BalanceState.Unknown, BalanceState.of(BalanceUpdate.sample(null)))
        val withoutRest = balance("1", "5").copy(remainingBudget = null)
        assertEquals(BalanceState.Unknown, BalanceState.of(BalanceUpdate.sample(withoutRest)))
    }

    // B2
    @Test
    fun `it follows the balance while somebody looks`() {
        tell("1", "5")
        assertEquals("nobody looks", BalanceState.Unknown, model.state.value)
        val looking = watch(model)
        assertEquals(plenty, model.state.value)
        tell("4.5", "5")
        assertEquals(BalanceState.Low(BigDecimal("0.5")), model.state.value)
        looking.cancel()
        tell("1", "5")
        assertEquals(BalanceState.Low(BigDecimal("0.5")), model.state.value)
        watch(model)
        assertEquals(plenty, model.state.value)
    }

    @Test
    fun `the app says what is low`() {
        val generous = BalanceModel(ai, scope, lowBelow = BigDecimal(5))
        watch(generous)
        tell("1", "5")
        assertEquals(BalanceState.Low(BigDecimal(4)), generous.state.value)
    }

    @Test
    fun `figures that may have changed are not exact`() {
        watch(model)
        tell("1", "5", isEstimate = true)
        assertEquals(BalanceState.Plenty(BigDecimal(4), isExact = false), model.state.value)
        tell("4.5", "5", errorCode = "offline")
        assertEquals(BalanceState.Low(BigDecimal("0.5"), isExact = false), model.state.value)
    }

    @Test
    fun `without a session the balance is not known`() {
        watch(model)
        tell("1", "5")
        ai.moveTo(SessionState.SignedOut)
        assertEquals(BalanceState.Unknown, model.state.value)
        assertFalse(model.state.value.offersTopUp)
        ai.moveTo(SessionState.SignedIn)
        assertEquals(plenty, model.state.value)
    }

    @Test
    fun `a provider without a balance shows none, and is asked again by who looks next`() {
        var asked = 0
        val withoutBalance =
            object : AiPassClient by ai {
                override fun balances(lowBelow: BigDecimal?): Flow<BalanceUpdate> =
                    flow {
                        asked++
                        throw AiPassException.Unsupported("a balance")
                    }
            }
        val model = BalanceModel(withoutBalance, scope)
        watch(model).cancel()
        watch(model)
        assertEquals(BalanceState.Unknown, model.state.value)
        assertEquals(2, asked)
    }

    @Test
    fun `a refusal is newer than an estimate, and older than what the provider says`() {
        watch(model)
        tell("1", "5")
        model.refused()
        assertEquals(BalanceState.Empty, model.state.value)
        assertTrue(model.state.value.offersTopUp)
        tell("1", "5", isEstimate = true)
        assertEquals(BalanceState.Empty, model.state.value)
        tell("5", "15")
        assertEquals(BalanceState.Plenty(BigDecimal(10)), model.state.value)
        tell("6", "15", isEstimate = true)
        assertEquals(BalanceState.Plenty(BigDecimal(9), isExact = false), model.state.value)
    }
}
