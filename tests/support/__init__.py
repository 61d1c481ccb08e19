"""What several tests need: small codices, built sites, and a crawler."""
